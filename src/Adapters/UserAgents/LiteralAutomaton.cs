namespace Footfall.Adapters.UserAgents;

/// <summary>
/// Finds all of many literals in one pass over a text (Aho and Corasick, 1975), as a table of states by classes of characters. Characters
/// that no literal has share class 0, which leads back to the start.
/// </summary>
sealed class LiteralAutomaton
{
    const int None = -1;

    readonly byte[] _classes = new byte[char.MaxValue + 1];
    readonly int _classCount;
    readonly ushort[] _next;

    // Of each state: the literal that ends there, and the longest other state on the way that ends one.
    readonly int[] _literal;
    readonly ushort[] _shorter;

    public LiteralAutomaton(IReadOnlyList<string> literals)
    {
        _classCount = NumberClasses(literals);
        var states = 1 + literals.Sum(literal => literal.Length);
        // 0 is no child: nothing leads back to the start.
        var trie = new int[states * _classCount];
        var ends = new List<int> { None };
        for (var id = 0; id < literals.Count; id++)
            AddLiteral(trie, ends, literals[id], id);
        if (ends.Count > ushort.MaxValue)
            throw new InvalidOperationException($"The rules of user agents need {ends.Count} states, more than {ushort.MaxValue}.");
        _literal = [.. ends];
        _shorter = new ushort[_literal.Length];
        _next = new ushort[_literal.Length * _classCount];
        Link(trie);
    }

    public int States => _literal.Length;

    /// <summary>Calls <paramref name="scan"/> for each literal at each place where it ends.</summary>
    public void Find<TScan>(ReadOnlySpan<char> text, ref TScan scan)
        where TScan : struct, ILiteralScan, allows ref struct
    {
        var state = 0;
        foreach (var letter in text)
        {
            state = _next[(state * _classCount) + _classes[letter]];
            for (int end = _literal[state] == None ? _shorter[state] : state; end != 0; end = _shorter[end])
                scan.Found(_literal[end]);
        }
    }

    int NumberClasses(IReadOnlyList<string> literals)
    {
        var count = 1;
        foreach (var literal in literals)
        {
            foreach (var letter in literal)
            {
                if (_classes[letter] == 0)
                    _classes[letter] = checked((byte)count++);
            }
        }
        return count;
    }

    void AddLiteral(int[] trie, List<int> ends, string literal, int id)
    {
        var state = 0;
        foreach (var letter in literal)
        {
            ref var next = ref trie[(state * _classCount) + _classes[letter]];
            if (next == 0)
            {
                next = ends.Count;
                ends.Add(None);
            }
            state = next;
        }
        ends[state] = id;
    }

    // Breadth first, so that the state to fall back to is complete before a longer one takes its rows.
    void Link(int[] trie)
    {
        var fallback = new int[_literal.Length];
        var queue = new Queue<int>();
        queue.Enqueue(0);
        while (queue.TryDequeue(out var state))
        {
            for (var letter = 0; letter < _classCount; letter++)
            {
                var cell = (state * _classCount) + letter;
                var inherited = state == 0 ? 0 : _next[(fallback[state] * _classCount) + letter];
                if (trie[cell] == 0)
                {
                    _next[cell] = (ushort)inherited;
                    continue;
                }
                var child = trie[cell];
                _next[cell] = (ushort)child;
                fallback[child] = inherited;
                _shorter[child] = _literal[inherited] == None ? _shorter[inherited] : (ushort)inherited;
                queue.Enqueue(child);
            }
        }
    }
}
