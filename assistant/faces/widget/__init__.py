"""The portal widget: one script line puts the assistant on any page.

``routes.router(settings)`` serves ``widget.js`` (runs in the portal's page), ``widget`` (the panel, shown in a frame)
and the panel's own files. The files here are sent as they are: no build step, no framework, no other host.
"""
