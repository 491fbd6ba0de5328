# The program as one image: built with Rust and Node, run without them, not as root.
FROM node:22-bookworm-slim AS node

FROM rust:1.95-bookworm AS build
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm \
 && ln -s ../lib/node_modules/npm/bin/npx-cli.js /usr/local/bin/npx
WORKDIR /source
COPY . .
# The caches keep crates and compiled dependencies between builds; the program itself is copied out of them.
RUN --mount=type=cache,target=/usr/local/cargo/registry --mount=type=cache,target=/source/target --mount=type=cache,target=/root/.npm \
    cargo build --locked --profile dist --bin hoithi && cp target/dist/hoithi /usr/local/bin/hoithi

FROM debian:bookworm-slim
# What makes films, slides and documents ready to be shown; without it the platform shows the originals.
RUN apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install \
      chromium ffmpeg poppler-utils libreoffice-impress-nogui libreoffice-writer-nogui fonts-noto-core \
 && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin hoithi \
 && install -d -o hoithi -g hoithi /data /uploads
COPY --from=build /usr/local/bin/hoithi /usr/local/bin/hoithi
COPY LICENSE-MIT LICENSE-APACHE /usr/share/doc/hoithi/
USER hoithi
WORKDIR /data
VOLUME ["/data", "/uploads"]
ENV HOITHI_LISTEN=0.0.0.0:8080 HOITHI_DATA=/data HOITHI_UPLOADS=/uploads
EXPOSE 8080
# Bash can speak HTTP by itself, so the image needs no client for it.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["bash", "-c", \
  "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /readyz HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && head -1 <&3 | grep -q ' 200 '"]
ENTRYPOINT ["hoithi"]
CMD ["serve"]
