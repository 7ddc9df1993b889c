"""Reads a municipality's plan: its rhythms, and a draft plan file made of them."""

from scheduler.documents.document_text import MOST_BYTES, DocumentError, DocumentProblem
from scheduler.usecases.read_plan.found_rhythm import FoundRhythm
from scheduler.usecases.read_plan.read_plan_text import PlanText, read_plan_text
from scheduler.usecases.read_plan.words import say_document_problem

__all__ = [
    "MOST_BYTES",
    "DocumentError",
    "DocumentProblem",
    "FoundRhythm",
    "PlanText",
    "read_plan_text",
    "say_document_problem",
]
