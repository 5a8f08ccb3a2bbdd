/*
 * How fast OpenDSS can be called at all: the work of "./ndoe bench powerflow" in C, by the fastest
 * calls of the same library, for the same loads. Build:
 *
 *   cc -O2 -ffp-contract=off -o floor floor.c -ldl
 *
 * and, with circuits written by "./ndoe bench powerflow --scripts FOLDER":
 *
 *   ./floor LIBRARY SCRIPT PHASES PASSES
 *
 *   LIBRARY  cosim/target/classes/PLATFORM/libdss_capi-*.so
 *   SCRIPT   FOLDER/three-phase-1e-6.dss for example
 *   PHASES   3, or 1 for a positive-sequence circuit
 *   PASSES   how often the sequence of 1024 states is solved
 *
 * Prints "checksum SUM" and, four times per pass, "time MICROSECONDS", of one solution.
 */
#include <dlfcn.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { STATES = 1024, STATES_PER_TIME = 256, LOAD_KW = 4, LOAD_KVAR = 12, SET = 0, AVOID_FULL_RECALC = 2 };

static void *library;

static void *function(const char *name) {
  void *found = dlsym(library, name);
  if (!found) {
    fprintf(stderr, "floor: %s\n", dlerror());
    exit(1);
  }
  return found;
}

#define BIND(result, name, ...) result (*name)(__VA_ARGS__) = function(#name)

static uint64_t random_state = 33;

/* As in LoadSequence.java. */
static double next_fraction(void) {
  random_state = random_state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (double)(random_state >> 11) * 0x1p-53;
}

static char *content(const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file) {
    perror(path);
    exit(1);
  }
  fseek(file, 0, SEEK_END);
  long size = ftell(file);
  rewind(file);
  char *text = calloc(size + 1, 1);
  if (fread(text, 1, size, file) != (size_t)size) {
    perror(path);
    exit(1);
  }
  fclose(file);
  return text;
}

static double now_us(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1e6 + time.tv_nsec / 1e3;
}

int main(int argc, char **argv) {
  if (argc != 5) {
    fprintf(stderr, "usage: floor LIBRARY SCRIPT PHASES PASSES\n");
    return 2;
  }
  library = dlopen(argv[1], RTLD_NOW);
  if (!library) {
    fprintf(stderr, "floor: %s\n", dlerror());
    return 1;
  }
  double share = 3 / atoi(argv[3]);
  int passes = atoi(argv[4]);

  BIND(uint16_t, DSS_Start, int32_t);
  BIND(void *, ctx_New, void);
  BIND(void, ctx_Text_CommandBlock, void *, const char *);
  BIND(int32_t *, ctx_Error_Get_NumberPtr, void *);
  BIND(const char *, ctx_Error_Get_Description, void *);
  BIND(int32_t, ctx_DSS_SetActiveClass, void *, const char *);
  BIND(void, Batch_CreateByClass, void *, void ***, int32_t *, int32_t);
  BIND(int32_t, ctx_Circuit_Get_NumNodes, void *);
  BIND(void, Batch_BeginEdit, void **, int32_t);
  BIND(void, Batch_Float64Array, void **, int32_t, int32_t, int32_t, double *, uint32_t);
  BIND(void, Batch_EndEdit, void **, int32_t, int32_t);
  BIND(void, ctx_YMatrix_Set_SolutionInitialized, void *, uint16_t);
  BIND(void, ctx_Solution_SolveNoControl, void *);
  BIND(uint16_t, ctx_Solution_Get_Converged, void *);
  BIND(void, ctx_YMatrix_getVpointer, void *, double **);

  DSS_Start(0);
  void *circuit = ctx_New();
  int32_t *error = ctx_Error_Get_NumberPtr(circuit);
  ctx_Text_CommandBlock(circuit, content(argv[2]));
  if (*error) {
    fprintf(stderr, "floor: %s\n", ctx_Error_Get_Description(circuit));
    return 1;
  }
  void **batch = NULL;
  int32_t dimensions[4] = {0};
  Batch_CreateByClass(circuit, &batch, dimensions, ctx_DSS_SetActiveClass(circuit, "Load"));
  int loads = dimensions[0];
  int nodes = ctx_Circuit_Get_NumNodes(circuit);

  double *kw = calloc((size_t)STATES * loads, sizeof(double));
  double *kvar = calloc((size_t)STATES * loads, sizeof(double));
  for (int state = 0; state < STATES; state++) {
    /* The first load is the one at the source, where nobody draws power. */
    for (int load = 1; load < loads; load++) {
      double drawn = 230 * next_fraction() / share;
      kw[state * loads + load] = drawn;
      kvar[state * loads + load] = drawn * (0.25 + 0.5 * next_fraction());
    }
  }

  for (int pass = 0; pass < passes; pass++) {
    double sum = 0;
    double start = now_us();
    for (int state = 0; state < STATES; state++) {
      Batch_BeginEdit(batch, loads);
      Batch_Float64Array(batch, loads, LOAD_KW, SET, kw + state * loads, AVOID_FULL_RECALC);
      Batch_Float64Array(batch, loads, LOAD_KVAR, SET, kvar + state * loads, AVOID_FULL_RECALC);
      Batch_EndEdit(batch, loads, 1);
      ctx_YMatrix_Set_SolutionInitialized(circuit, 0);
      ctx_Solution_SolveNoControl(circuit);
      if (*error || !ctx_Solution_Get_Converged(circuit)) {
        fprintf(stderr, "floor: no solution for state %d\n", state);
        return 1;
      }
      double *volts;
      ctx_YMatrix_getVpointer(circuit, &volts);
      double of_state = 0;
      for (int part = 2; part < 2 * (nodes + 1); part++) {
        of_state += fabs(volts[part]);
      }
      sum += of_state;
      if ((state + 1) % STATES_PER_TIME == 0) {
        double end = now_us();
        printf("time %.4f\n", (end - start) / STATES_PER_TIME);
        start = now_us();
      }
    }
    if (pass == 0) {
      printf("checksum %.17g\n", sum);
    }
  }
  return 0;
}
