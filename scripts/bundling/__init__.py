"""The bundled templates, made of their documents and overlays."""
