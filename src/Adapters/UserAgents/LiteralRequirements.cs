namespace Footfall.Adapters.UserAgents;

/// <summary>
/// What a text must contain for a pattern to match it: every clause, and of each clause at least one literal. A necessary condition, found
/// without running the pattern, so that one pass over an agent rules out nearly all of two thousand patterns.
/// </summary>
/// <param name="Clauses">Empty when nothing is known to be necessary.</param>
/// <param name="IsWhole">True when the single clause is the whole pattern: a literal found is a match.</param>
sealed record LiteralRequirements(IReadOnlyList<IReadOnlyCollection<string>> Clauses, bool IsWhole)
{
    // Shorter literals are in nearly every agent, and more clauses cost more than they rule out.
    const int UsefulLength = 3;
    const int ClausesMax = 4;

    static readonly LiteralRequirements None = new([], false);

    public static LiteralRequirements Of(string pattern)
    {
        var whole = new LiteralReader(pattern).Read();
        if (whole is null)
            return None;
        if (whole.IsExact && !whole.HasAnchor && whole.Exact.All(literal => literal.Length > 0))
            return new LiteralRequirements([whole.Exact], true);
        var clauses = whole.AllClauses()
            .Where(clause => Shortest(clause) >= UsefulLength)
            .OrderByDescending(Shortest)
            .ThenBy(clause => clause.Count)
            .Take(ClausesMax)
            .ToList();
        return new LiteralRequirements(clauses, false);
    }

    public static int Shortest(IReadOnlyCollection<string> clause) => clause.Min(literal => literal.Length);
}
