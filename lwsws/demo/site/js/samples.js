/* The last thousand measurements and what is asked of them. */
const MOST = 1000;

export class Samples {
    #values = [];

    add(value) {
        this.#values.push(value);
        if (this.#values.length > MOST) {
            this.#values.shift();
        }
    }

    get values() {
        return this.#values;
    }

    /** Nearest-rank quantiles for the given fractions (0 is the minimum), or none when nothing was measured. */
    quantiles(...fractions) {
        const sorted = Float64Array.from(this.#values).sort();
        return sorted.length ? fractions.map(f => sorted[Math.max(0, Math.ceil(f * sorted.length) - 1)]) : [];
    }
}
