/* From features to a probability: the twin of Calibration.probability. */
#include "model.h"

#include <math.h>
#include <string.h>

#define CLIP 6.0

/* The loops over the units gain from wide registers, where the machine has them. */
#if defined(__x86_64__) && defined(__GLIBC__) && defined(__GNUC__) && !defined(__clang__)
#define WIDE __attribute__((target_clones("avx2", "default")))
#else
#define WIDE
#endif

/* Most features of a suspect are 0, so the network starts from what it gives for zeros only. */
WIDE double probability(const Model *m, const double *row, double *room)
{
    const int width = m->seeds * m->units;
    double scores[MOST_UNITS], total = 0.0;
    memcpy(room, m->resting, sizeof *room * (size_t)width);
    memcpy(scores, m->rest, sizeof *scores * (size_t)m->seeds);
    for (int i = 0; i < FEATURES; i++) {
        if (row[i] == 0.0)
            continue;
        double value = (row[i] - m->mean[i]) / m->scale[i];
        value = (value < -CLIP ? -CLIP : value > CLIP ? CLIP : value) - m->zero[i];
        const double *hidden = m->hidden + (size_t)i * (size_t)width;
        for (int unit = 0; unit < width; unit++)
            room[unit] += value * hidden[unit];
        for (int seed = 0; seed < m->seeds; seed++)
            scores[seed] += value * m->linear[seed * FEATURES + i];
    }
    for (int seed = 0; seed < m->seeds; seed++) {
        double score = scores[seed];
        for (int unit = seed * m->units; unit < (seed + 1) * m->units; unit++)
            if (room[unit] > 0)
                score += room[unit] * m->output[unit];
        total += 1.0 / (1.0 + exp(-score));
    }
    return total / m->seeds;
}
