using System.Numerics;
using System.Text.RegularExpressions;

namespace Footfall.Adapters.UserAgents;

/// <summary>
/// Several lists of rules behind one pass over the agent. The pass leaves the rules whose literals were all found; of a list, those are
/// tried in order and the first match counts, which is what trying every rule would give.
/// </summary>
sealed class AgentRules
{
    readonly AgentRule[] _rules;
    readonly int[] _listEnds;
    readonly LiteralAutomaton _automaton;

    // Of each literal the clauses it satisfies; of each clause its rule; of each rule how many clauses it has.
    readonly int[][] _clausesOfLiteral;
    readonly int[] _ruleOfClause;
    readonly byte[] _clausesOfRule;

    public AgentRules(params IReadOnlyList<AgentRule>[] lists)
    {
        _rules = [.. lists.SelectMany(list => list)];
        _listEnds = [.. lists.Select((_, i) => lists.Take(i + 1).Sum(list => list.Count))];
        _clausesOfRule = [.. _rules.Select(rule => (byte)rule.Literals.Clauses.Count)];
        _ruleOfClause = [.. _rules.SelectMany((rule, i) => rule.Literals.Clauses.Select(_ => i))];

        var clausesOfLiteral = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        var clauses = _rules.SelectMany(rule => rule.Literals.Clauses).Index();
        foreach (var (clause, literal) in clauses.SelectMany(pair => pair.Item.Select(literal => (pair.Index, literal))))
        {
            if (!clausesOfLiteral.TryGetValue(literal, out var uses))
                clausesOfLiteral.Add(literal, uses = []);
            uses.Add(clause);
        }
        _clausesOfLiteral = [.. clausesOfLiteral.Values.Select(uses => uses.ToArray())];
        _automaton = new LiteralAutomaton([.. clausesOfLiteral.Keys]);
    }

    /// <summary>How many 64-bit words <see cref="Candidates"/> fills.</summary>
    public int Words => (_rules.Length + 63) / 64;

    /// <summary>Sets the bit of every rule that may match.</summary>
    public void Candidates(string agent, Span<ulong> candidates)
    {
        Span<byte> missing = stackalloc byte[_clausesOfRule.Length];
        _clausesOfRule.CopyTo(missing);
        Span<ulong> seen = stackalloc ulong[(_ruleOfClause.Length + 63) / 64];
        seen.Clear();
        var scan = new Scan(this, missing, seen);
        _automaton.Find(agent, ref scan);

        candidates.Clear();
        for (var rule = 0; rule < missing.Length; rule++)
        {
            if (missing[rule] == 0)
                candidates[rule >> 6] |= 1UL << (rule & 63);
        }
    }

    /// <summary>The first rule of a list that matches, among its candidates; null when none does.</summary>
    /// <param name="match">Its match; empty for a rule that is known to match by its literals.</param>
    /// <param name="isBrowsers">Leaves out the rules that do not count in a browser's agent.</param>
    public AgentRule? First(int list, string agent, ReadOnlySpan<ulong> candidates, bool isBrowsers, out Match match)
    {
        match = Match.Empty;
        var end = _listEnds[list];
        for (var rule = Next(candidates, list == 0 ? 0 : _listEnds[list - 1], end); rule < end; rule = Next(candidates, rule + 1, end))
        {
            var candidate = _rules[rule];
            if (isBrowsers && !candidate.CountsInBrowsers)
                continue;
            if (candidate.IsFoundByLiterals)
                return candidate;
            match = candidate.Match(agent);
            if (match.Success)
                return candidate;
        }
        return null;
    }

    static int Next(ReadOnlySpan<ulong> bits, int from, int end)
    {
        while (from < end)
        {
            var word = bits[from >> 6] >> (from & 63);
            if (word != 0)
                return from + BitOperations.TrailingZeroCount(word);
            from = (from | 63) + 1;
        }
        return end;
    }

    readonly ref struct Scan(AgentRules rules, Span<byte> missing, Span<ulong> seen) : ILiteralScan
    {
        readonly Span<byte> _missing = missing;
        readonly Span<ulong> _seen = seen;

        public void Found(int literal)
        {
            foreach (var clause in rules._clausesOfLiteral[literal])
            {
                ref var word = ref _seen[clause >> 6];
                var bit = 1UL << (clause & 63);
                if ((word & bit) != 0)
                    continue;
                word |= bit;
                _missing[rules._ruleOfClause[clause]]--;
            }
        }
    }
}
