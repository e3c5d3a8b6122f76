# The image of the sandbox `docker`: a Python, and in /site the packages that tests run with and
# hackgym's guest. hackgym builds it by itself, from a context that `sandboxes/docker_image.py` makes.
# Nothing is downloaded. Byte code is made here, because the root of a container is read-only.
ARG BASE
FROM ${BASE}
COPY packages /site
RUN ["python3", "-s", "-P", "-S", "-c", "import compileall, sysconfig; [compileall.compile_dir(path, quiet=2, workers=0) for path in ('/site', sysconfig.get_path('stdlib'))]"]
COPY guest /site/hackgym_guest
RUN ["python3", "-s", "-P", "-S", "-m", "compileall", "-q", "/site/hackgym_guest"]
USER 65534:65534
WORKDIR /
