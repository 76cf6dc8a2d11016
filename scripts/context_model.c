/* Train the context model of qc/text/spelling/_context.py. Built and called by context_model.py:
 *
 *     context_model FOLDER UPDATES [vocabulary]
 *
 * FOLDER holds ids.bin (uint16 words of the corpora), starts.bin (uint32) and candidates.bin (uint16)
 * of the table, counts.bin (float32 occurrences, 0 for symbols); weights.bin is written there. A word
 * is told from ten of its candidates and three common words (softmax over these). Vectors learn with
 * one AdaGrad rate a row, the hidden layer with Adam on batches; both steps shrink to nothing. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SIZE = 96, SIDE = 8, NEAR = 3, HIDDEN = 96, FAR = 70, DRAWS = 12 };
enum { RIVALS = 10, COMMON = 3, CHOICES = 1 + RIVALS + COMMON };
enum { INPUT = 2 * NEAR * SIZE, BATCH = 64, WORDS = 1 << 16, FIRST_WORD = 6, LOT = 1 << 20 };
enum { BLOCK = 2000, HELD_OUT = 200 }; /* one block of so many is measured, not learned */
#define RATE 0.05f
#define HIDDEN_RATE 0.001f
#define FREQUENT 2e-3 /* share of the corpus from which a word is drawn less often than it stands */

typedef struct {
    float vector[WORDS][SIZE], seen[WORDS]; /* seen: mean squared gradient so far */
} Vectors;

typedef struct {
    float *value, *slope, *mean, *square;
    int size;
} Layer;

typedef struct {
    long at;
    int far[DRAWS], drawn, choice[CHOICES], choices;
} Example;

static Vectors near, far, out;
static float place[2 * SIDE][SIZE], place_seen[2 * SIDE], bias[WORDS], bias_seen[WORDS];
static Layer hidden, hidden_bias, hidden_out;
static uint16_t *ids, *candidates, lot[LOT];
static uint32_t *starts;
static float *counts, keep[WORDS];
static uint64_t state = 88172645463325252ULL;

static uint32_t draw(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)(state >> 32);
}

static float chance(void) { return (float)draw() * (1.0f / 4294967296.0f); }

static long load(const char *folder, const char *name, void **bytes)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END)) {
        perror(path);
        exit(1);
    }
    long size = ftell(file);
    rewind(file);
    *bytes = malloc((size_t)size);
    if (!*bytes || fread(*bytes, 1, (size_t)size, file) != (size_t)size) {
        perror(path);
        exit(1);
    }
    fclose(file);
    return size;
}

static Layer layer(int size, float spread)
{
    Layer made = {calloc((size_t)size, 4), calloc((size_t)size, 4), calloc((size_t)size, 4), calloc((size_t)size, 4), size};
    for (int i = 0; i < size; i++)
        made.value[i] = (chance() - 0.5f) * spread;
    return made;
}

static void learn(Layer *l, float rate, long step)
{
    float first = 1 / (1 - powf(0.9f, (float)step)), second = 1 / (1 - powf(0.999f, (float)step));
    for (int i = 0; i < l->size; i++) {
        l->mean[i] = 0.9f * l->mean[i] + 0.1f * l->slope[i];
        l->square[i] = 0.999f * l->square[i] + 0.001f * l->slope[i] * l->slope[i];
        l->value[i] -= rate * l->mean[i] * first / (sqrtf(l->square[i] * second) + 1e-7f);
        l->slope[i] = 0;
    }
}

static float norm(const float *slope)
{
    float sum = 0;
    for (int d = 0; d < SIZE; d++)
        sum += slope[d] * slope[d];
    return sum / SIZE;
}

/* Move a vector against a slope, by the rate that its row has left. */
static void move(float *vector, float *seen, const float *slope, float rate)
{
    *seen += norm(slope);
    float step = rate / sqrtf(*seen);
    for (int d = 0; d < SIZE; d++)
        vector[d] -= step * slope[d];
}

static int is_asked(long at) { return ids[at] >= FIRST_WORD && starts[ids[at] + 1] > starts[ids[at]]; }

static void prepare(Example *e, long at)
{
    int word = ids[at], listed = (int)(starts[word + 1] - starts[word]);
    *e = (Example){.at = at, .choice = {word}, .choices = 1};
    for (int i = 0; i < DRAWS; i++) {
        long step = SIDE + 1 + draw() % (FAR - SIDE);
        int other = ids[draw() & 1 ? at + step : at - step];
        if (other >= FIRST_WORD && chance() <= keep[other] + 0.05f)
            e->far[e->drawn++] = other;
    }
    for (int i = 0; i < RIVALS + COMMON; i++) {
        int other = i < RIVALS ? candidates[starts[word] + draw() % listed] : lot[draw() % LOT], known = 0;
        for (int j = 0; j < e->choices; j++)
            known |= e->choice[j] == other;
        if (!known)
            e->choice[e->choices++] = other;
    }
}

/* Neighbour `i` of the 2 * SIDE in the order of `place`, and its input to the hidden layer or -1. */
static int neighbour(const Example *e, int i, int *input)
{
    int step = i < SIDE ? -1 - i : i - SIDE + 1;
    *input = step < -NEAR || step > NEAR ? -1 : (step < 0 ? step + NEAR : step + NEAR - 1) * SIZE;
    return ids[e->at + step];
}

/* Judge one example; with `rate` > 0 learn from it. Gives the loss; `right`: the word came first. */
static float judge(const Example *e, float rate, int *right)
{
    float sum[SIZE] = {0}, unit[HIDDEN], back[SIZE] = {0}, back_unit[HIDDEN], score[CHOICES] = {0}, slope[SIZE];
    float share = e->drawn ? 1 / sqrtf((float)e->drawn) : 0, most = -1e9f, total = 0;
    int input;
    memcpy(unit, hidden_bias.value, sizeof unit);
    for (int i = 0; i < 2 * SIDE; i++) {
        const float *vector = near.vector[neighbour(e, i, &input)];
        for (int d = 0; d < SIZE; d++)
            sum[d] += vector[d] * place[i][d];
        for (int d = 0; input >= 0 && d < SIZE; d++)
            for (int h = 0; h < HIDDEN; h++)
                unit[h] += vector[d] * hidden.value[(input + d) * HIDDEN + h];
    }
    for (int i = 0; i < e->drawn; i++)
        for (int d = 0; d < SIZE; d++)
            sum[d] += far.vector[e->far[i]][d] * share;
    for (int h = 0; h < HIDDEN; h++) {
        unit[h] = unit[h] > 0 ? unit[h] : 0;
        for (int d = 0; d < SIZE; d++)
            sum[d] += unit[h] * hidden_out.value[h * SIZE + d];
    }
    *right = 1;
    for (int i = 0; i < e->choices; i++) {
        score[i] = bias[e->choice[i]];
        for (int d = 0; d < SIZE; d++)
            score[i] += out.vector[e->choice[i]][d] * sum[d];
        most = score[i] > most ? score[i] : most;
        *right &= score[i] <= score[0];
    }
    for (int i = 0; i < e->choices; i++)
        total += score[i] = expf(score[i] - most);
    float loss = -logf(score[0] / total + 1e-12f);
    if (rate <= 0)
        return loss;
    for (int i = 0; i < e->choices; i++) {
        int word = e->choice[i];
        float error = score[i] / total - (i == 0);
        for (int d = 0; d < SIZE; d++) {
            back[d] += error * out.vector[word][d];
            slope[d] = error * sum[d];
        }
        move(out.vector[word], &out.seen[word], slope, rate);
        bias_seen[word] += error * error;
        bias[word] -= rate * error / sqrtf(bias_seen[word]);
    }
    for (int h = 0; h < HIDDEN; h++) {
        float error = 0;
        for (int d = 0; d < SIZE; d++) {
            hidden_out.slope[h * SIZE + d] += unit[h] * back[d];
            error += hidden_out.value[h * SIZE + d] * back[d];
        }
        back_unit[h] = unit[h] > 0 ? error : 0;
        hidden_bias.slope[h] += back_unit[h];
    }
    for (int i = 0; i < 2 * SIDE; i++) {
        int word = neighbour(e, i, &input);
        float *vector = near.vector[word], place_slope[SIZE];
        for (int d = 0; d < SIZE; d++) {
            slope[d] = back[d] * place[i][d];
            place_slope[d] = back[d] * vector[d];
            if (input < 0)
                continue;
            const float *row = hidden.value + (input + d) * HIDDEN;
            float *row_slope = hidden.slope + (input + d) * HIDDEN;
            for (int h = 0; h < HIDDEN; h++) {
                slope[d] += back_unit[h] * row[h];
                row_slope[h] += vector[d] * back_unit[h];
            }
        }
        move(vector, &near.seen[word], slope, rate);
        move(place[i], &place_seen[i], place_slope, rate);
    }
    for (int d = 0; d < SIZE; d++)
        slope[d] = back[d] * share;
    for (int i = 0; i < e->drawn; i++)
        move(far.vector[e->far[i]], &far.seen[e->far[i]], slope, rate);
    return loss;
}

static void start(int vocabulary)
{
    double total = 0, all = 0, sum = 0;
    for (int i = 0; i < vocabulary; i++) {
        all += counts[i];
        total += pow(counts[i], 0.75);
    }
    int word = FIRST_WORD;
    sum = pow(counts[word], 0.75);
    for (int i = 0; i < LOT; i++) {
        while (sum / total < (i + 0.5) / LOT && word < vocabulary - 1)
            sum += pow(counts[++word], 0.75);
        lot[i] = (uint16_t)word;
    }
    for (int i = 0; i < vocabulary; i++) {
        keep[i] = counts[i] > 0 ? fminf(1, (float)sqrt(FREQUENT * all / counts[i])) : 0;
        near.seen[i] = far.seen[i] = out.seen[i] = bias_seen[i] = 1e-6f;
        for (int d = 0; d < SIZE; d++) {
            near.vector[i][d] = (chance() - 0.5f) * 0.2f;
            far.vector[i][d] = (chance() - 0.5f) * 0.1f;
        }
    }
    for (int i = 0; i < 2 * SIDE; i++) {
        place_seen[i] = 1e-6f;
        for (int d = 0; d < SIZE; d++)
            place[i][d] = 0.5f;
    }
    hidden = layer(INPUT * HIDDEN, 0.16f);
    hidden_bias = layer(HIDDEN, 0);
    hidden_out = layer(HIDDEN * SIZE, 0.02f);
}

/* Loss and share of right answers on the blocks that are never learned from. */
static void measure(long size, long updates)
{
    uint64_t before = state;
    double loss = 0;
    long right = 0, asked = 0;
    state = 12345;
    for (long at = FAR + 1; at < size - FAR - 1; at += 60) {
        Example e;
        int hit;
        if (at / BLOCK % HELD_OUT != 7 || !is_asked(at))
            continue;
        prepare(&e, at);
        loss += judge(&e, 0, &hit);
        right += hit;
        asked++;
    }
    state = before;
    printf("%ld million: held-out loss %.4f, right %.4f of %ld\n", updates / 1000000, loss / (double)asked,
           (double)right / (double)asked, asked);
    fflush(stdout);
}

static void save(const char *folder, int vocabulary)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/weights.bin", folder);
    FILE *file = fopen(path, "wb");
    const Vectors *all[] = {&near, &far, &out};
    const size_t rows = (size_t)vocabulary;
    int sound = file != NULL;
    for (int i = 0; sound && i < 3; i++)
        sound = fwrite(all[i]->vector, sizeof all[i]->vector[0], rows, file) == rows;
    sound = sound && fwrite(bias, 4, rows, file) == rows && fwrite(place, sizeof place, 1, file) == 1;
    const Layer *layers[] = {&hidden, &hidden_bias, &hidden_out};
    for (int i = 0; sound && i < 3; i++)
        sound = fwrite(layers[i]->value, 4, (size_t)layers[i]->size, file) == (size_t)layers[i]->size;
    if (!sound || fclose(file)) {
        perror(path);
        exit(1);
    }
}

int main(int count, char **arguments)
{
    if (count != 3) {
        fputs("context_model FOLDER UPDATES\n", stderr);
        return 2;
    }
    const char *folder = arguments[1];
    const long wanted = atol(arguments[2]);
    const long size = load(folder, "ids.bin", (void **)&ids) / 2;
    const int vocabulary = (int)(load(folder, "starts.bin", (void **)&starts) / 4) - 1;
    load(folder, "candidates.bin", (void **)&candidates);
    load(folder, "counts.bin", (void **)&counts);
    start(vocabulary);
    /* the corpora are read in as many places at once as a batch has examples */
    const long lane = size / BATCH;
    long updates = 0, steps = 0, step = 0;
    for (int filled = 0; updates < wanted; step++) {
        const long at = step / BATCH % lane + step % BATCH * lane;
        if (at <= FAR || at >= size - FAR - 1 || !is_asked(at) || at / BLOCK % HELD_OUT == 7 ||
            chance() > keep[ids[at]])
            continue;
        Example e;
        int right;
        const float left = 1 - (float)updates / (float)wanted;
        prepare(&e, at);
        judge(&e, RATE * left + 5e-4f, &right);
        if (++updates % 2000000 == 0)
            measure(size, updates);
        if (++filled < BATCH)
            continue;
        filled = 0;
        steps++;
        learn(&hidden, HIDDEN_RATE * left + 1e-5f, steps);
        learn(&hidden_bias, HIDDEN_RATE * left + 1e-5f, steps);
        learn(&hidden_out, HIDDEN_RATE * left + 1e-5f, steps);
    }
    measure(size, updates);
    save(folder, vocabulary);
    return 0;
}
