"""What each process would do anew with its first query, done once where processes are forked."""

from sqlalchemy.orm import configure_mappers

configure_mappers()
