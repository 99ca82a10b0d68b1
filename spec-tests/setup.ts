import fc from 'fast-check';

// One fixed seed keeps every run the same; PATHSEC_SEED=N explores others. fast-check prints the seed of a failure.
fc.configureGlobal({ seed: Number(process.env.PATHSEC_SEED ?? 20261124) });
