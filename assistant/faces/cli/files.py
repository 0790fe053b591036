"""What became of each file of the documents folder, for a person to read."""

from collections.abc import Iterator, Sequence

from corpus.folder import FileOutcome, FileState


def account(files: Sequence[FileOutcome]) -> Iterator[str]:
    """A line with the counts, and one for each file that gives no document or was read in part; none for no files."""
    counts = {state: sum(1 for file in files if file.state is state) for state in FileState}
    if not files:
        return
    read = counts[FileState.READ]
    yield f"{read} {'file' if read == 1 else 'files'} read, {counts[FileState.SKIPPED]} skipped, {counts[FileState.REFUSED]} refused"
    for file in files:
        if file.state is not FileState.READ:
            yield f"  {file.state.value}: {file.reason}"
        for note in file.notes:
            yield f"  read in part: {file.name}: {note}"
