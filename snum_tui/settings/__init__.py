"""config.toml, profiles, the key and the paths: what the person sets, checked."""
