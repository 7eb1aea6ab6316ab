"""The text of one file, read in a process of its own: `python -m moten.sok_utdrag pdf < file > text`.

The file is somebody else's work. Whatever it makes a reader do ends with this process, which has neither the database
nor much memory or time. Leaves with 3 when the file has no text that can be read, and then says why in one word.
"""

import io
import itertools
import resource
import sys

LANGST = 400_000  # signs; a vector of words holds no more than a megabyte
MINNE, SEKUNDER = 1_500 * 2**20, 40
UTAN_TEXT = 3
FLEST_CELLER = 200_000


def main():
    resource.setrlimit(resource.RLIMIT_CPU, (SEKUNDER, SEKUNDER))
    resource.setrlimit(resource.RLIMIT_AS, (MINNE, MINNE))
    resource.setrlimit(resource.RLIMIT_FSIZE, (8 * 2**20, 8 * 2**20))
    typ, innehall = sys.argv[1], sys.stdin.buffer.read()
    try:
        text = LASARE[typ](innehall)
    except Exception as fel:  # a reader of foreign files raises nearly anything
        sys.stdout.write(getattr(fel, "kod", "") or "skadad")
        sys.exit(UTAN_TEXT)
    # Half a pair of signs and null characters are no text that a database takes.
    ren = text.replace("\x00", " ")[:LANGST].encode("utf-8", "replace")
    sys.stdout.buffer.write(ren)


def _pdf(innehall):
    from moten.tolk import pdf

    return "\n".join(rad for rad, *_ in pdf.rader(innehall)[0])


def _docx(innehall):
    from moten.tolk import docx

    return "\n".join(rad for rad, *_ in docx.rader(innehall)[0])


def _xlsx(innehall):
    from openpyxl import load_workbook

    bok = load_workbook(io.BytesIO(innehall), read_only=True, data_only=True)
    rader = (
        [str(cell) for cell in rad if isinstance(cell, str) and cell.strip()]
        for blad in bok.worksheets
        for rad in itertools.chain([[blad.title]], blad.iter_rows(values_only=True))
    )
    ut, celler = [], 0
    for rad in rader:
        celler += len(rad)
        if rad:
            ut.append("\t".join(rad))
        if celler > FLEST_CELLER:
            break
    return "\n".join(ut)


def _text(innehall):
    for kodning in ("utf-8-sig", "cp1252"):
        try:
            return innehall.decode(kodning)
        except UnicodeDecodeError:
            continue
    return innehall.decode("latin-1")


LASARE = {"pdf": _pdf, "docx": _docx, "xlsx": _xlsx, "csv": _text, "txt": _text, "md": _text}

if __name__ == "__main__":
    main()
