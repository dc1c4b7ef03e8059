"""From a question to a cited Answer: question → query → targets → answer.

library = Library.open(settings().store)
answer = ask("吉林省科技馆项目支出多少", [], library)
"""

from retrieval.answer import Answer, Citation, Figure, Status, answer_to_json
from retrieval.asking import ask
from retrieval.library import Library

__all__ = ["Answer", "Citation", "Figure", "Library", "Status", "answer_to_json", "ask"]
