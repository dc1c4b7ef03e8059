"""From a file to a Reading: file → pages → grids → tables → records, and paragraphs → passages."""
