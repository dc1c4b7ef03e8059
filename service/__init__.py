"""Answers, records, findings and pages for programs, read only: over HTTP (`service.web`) and for AI clients (`service.tools`)."""
