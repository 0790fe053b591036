"""Answer processes: one request cannot take the others with it.

What is decided here, and why:

- **Each answer is worked out in a process of its own kind** (`worker`), one at a time. A question goes through native
  code (the encoder, faiss, regular expressions), and a fault there ends the process it happens in, whatever Python
  would catch. In a process with one question that is one question. It is also the only way to stop work: a thread
  that runs too long goes on for ever, a process is killed.
- **The server holds no assistant.** It parses, checks and queues requests, and is never busy with an answer, so that
  it can always say how it is (/readyz) and refuse what does not fit.
- **Workers are forked from a template** (`template`), a process that loads the assistant once. A fork takes about 10 ms
  where loading takes seconds, and what was loaded is shared, so that a worker costs some 15 MB. The template is a fresh
  interpreter: a fork of the server would copy locks that its threads hold. It stays single-threaded (OpenMP and BLAS
  are told one thread before they are loaded), since a fork has none of the threads its parent had started and waits
  for them without end. One thread is also what serves most: there are as many workers as processors.
- **Not multiprocessing's forkserver**: it swallows what goes wrong while it preloads, loads by importing a module,
  which cannot be given settings, and gives neither the signal a process died of nor a way to see that it is gone.
- **What crosses** is a pickle with its length before it, through a socket pair that nothing else can reach: a function
  by its name, whose first parameter is the assistant, and its arguments; back comes what it returned or raised.
- **No orphans**: the template ends its workers when the server is gone, and a worker ends when its own line is cut.
- **In one process it works as before** (`threads`): the Python interface, MCP over standard input and output, tests,
  and systems without fork. Both are a `Pool`.
"""
