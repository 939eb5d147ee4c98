package io.consentry.life;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What somebody asks for, and what is done from then on.
 *
 * @param asked attributes that the client asks for at first
 */
record History(Kind kind, SortedSet<String> asked, List<Act> acts) {

    History {
        asked = Collections.unmodifiableSortedSet(new TreeSet<>(asked));
        acts = List.copyOf(acts);
    }

    History with(Act next) {
        var more = new ArrayList<>(acts);
        more.add(next);
        return new History(kind, asked, more);
    }

    /** The same but for one step. */
    History without(int step) {
        var fewer = new ArrayList<>(acts);
        fewer.remove(step);
        return new History(kind, asked, fewer);
    }

    /** The model at the end of it. */
    Model told() {
        var model = new Model(kind, asked);
        acts.forEach(model::take);
        return model;
    }
}
