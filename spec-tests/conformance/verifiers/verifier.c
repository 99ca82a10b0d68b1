// draft-ietf-sidrops-aspa-verification-28 for one path, for the adapter in C of docs/conformance-adapters.md.
#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#define FIELD(object, name) cJSON_GetObjectItemCaseSensitive(object, name)

enum { NOT_PROVIDER, NO_ATTESTATION, PROVIDER };

struct table { const cJSON *aspas; double max_providers; };

static int ascending(const void *one, const void *other) {
  double a = *(const double *)one, b = *(const double *)other;
  return (a > b) - (a < b);
}

// Section 5.3; a customer above the limit has no entry (aspa-profile section 5.5). The union of its ASPAs counts.
static int authorized(struct table table, double customer, double provider) {
  const cJSON *aspa, *asn;
  size_t listed = 0, different = 0;
  int attested = 0, found = 0;
  cJSON_ArrayForEach(aspa, table.aspas)
    if (FIELD(aspa, "customer")->valuedouble == customer)
      attested = 1, listed += (size_t)cJSON_GetArraySize(FIELD(aspa, "providers"));
  double *providers = malloc((listed + 1) * sizeof *providers);
  listed = 0;
  cJSON_ArrayForEach(aspa, table.aspas)
    if (FIELD(aspa, "customer")->valuedouble == customer)
      cJSON_ArrayForEach(asn, FIELD(aspa, "providers")) {
        providers[listed++] = asn->valuedouble;
        if (provider != 0 && asn->valuedouble == provider) found = 1;
      }
  qsort(providers, listed, sizeof *providers, ascending);
  for (size_t i = 0; i < listed; i++) // AS 0 attests that there is no provider, and is none.
    different += providers[i] != 0 && (i == 0 || providers[i] != providers[i - 1]);
  free(providers);
  if (!attested || (double)different > table.max_providers) return NO_ATTESTATION;
  return found ? PROVIDER : NOT_PROVIDER;
}

// Section 5.4: a ramp from the AS `first` in steps of `step` places; it ends at a hop that is worth `end` or less.
static int ramp(struct table table, const double *path, int length, int first, int step, int end) {
  for (int i = 1; i < length; i++, first += step)
    if (authorized(table, path[first], path[first + step]) <= end) return i;
  return length;
}

const char *verify(const cJSON *aspas, double max_providers, const cJSON *as_path, const cJSON *neighbor_as, const char *role) {
  const cJSON *segment, *asn;
  int length = 0, ases = 0, other = 0;
  cJSON_ArrayForEach(segment, as_path) {
    ases += cJSON_GetArraySize(FIELD(segment, "asns"));
    other |= strcmp(cJSON_GetStringValue(FIELD(segment, "type")), "AS_SEQUENCE") != 0;
  }
  if (ases == 0 || other) return "invalid"; // steps 1 and 3
  double *path = malloc((size_t)ases * sizeof *path);
  cJSON_ArrayForEach(segment, as_path)
    cJSON_ArrayForEach(asn, FIELD(segment, "asns"))
      if (length == 0 || path[length - 1] != asn->valuedouble) path[length++] = asn->valuedouble;
  const char *outcome = "valid";
  struct table table = {aspas, max_providers};
  int down = strcmp(role, "provider") == 0, shortest[2] = {0, 0};
  for (int end = NOT_PROVIDER; end <= NO_ATTESTATION; end++)
    shortest[end] = ramp(table, path, length, length - 1, -1, end) + (down ? ramp(table, path, length, 0, 1, end) : 0);
  if (strcmp(role, "rs") != 0 && neighbor_as && path[0] != neighbor_as->valuedouble) outcome = "invalid"; // step 2
  else if (shortest[NOT_PROVIDER] < length) outcome = "invalid"; // step 4
  else if (shortest[NO_ATTESTATION] < length) outcome = "unknown"; // step 5
  free(path);
  return outcome;
}
