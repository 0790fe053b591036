"""Every error the product raises on purpose, grouped by who can put it right.

PolicyError
├── InputError            the person who asks: question, file, date, region, profile
│   ├── DocumentError     a document that cannot be read or holds no policy text
│   └── UnknownNameError  a clause, document or region that is not there
└── OperatorError         the person who runs the service
    ├── SnapshotError     an index that is missing, damaged or made by another version
    └── SettingsError     a setting, port, model or package that does not work

The message of each is one sentence: what is wrong, where, and what a valid one looks like.
"""


class PolicyError(Exception):
    """Base of every error with a message meant for a person."""


class InputError(PolicyError):
    """The input cannot be used; whoever gave it can correct it."""


class DocumentError(InputError):
    """A document file cannot be read, or no policy text was found in it."""


class NoPolicyError(DocumentError):
    """A file was read and holds no policy text."""


class UnknownNameError(InputError):
    """A named clause, document or region is not in the collection."""


class OperatorError(PolicyError):
    """The installation has to be put right by whoever runs it."""


class SnapshotError(OperatorError):
    """The index on disk is missing, damaged, or was made for something else."""


class SettingsError(OperatorError):
    """A setting, a port, a model or an optional package does not work."""
