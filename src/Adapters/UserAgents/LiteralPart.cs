namespace Footfall.Adapters.UserAgents;

/// <summary>What is known of a part of a pattern: all the texts it can match, when they are few, or else what those texts contain.</summary>
sealed record LiteralPart
{
    /// <summary>More texts than this are not told apart; the largest alternations of names in use have some hundreds.</summary>
    const int ExactMax = 512;

    public static readonly LiteralPart Unknown = new();
    public static readonly LiteralPart Nothing = Text("");
    public static readonly LiteralPart Anchor = Nothing with { HasAnchor = true };

    public bool IsExact { get; private init; }

    public IReadOnlyCollection<string> Exact { get; private init; } = [];

    /// <summary>True when a place in the text is asked for too, so that the texts alone do not tell of a match.</summary>
    public bool HasAnchor { get; init; }

    IReadOnlyList<IReadOnlyCollection<string>> Clauses { get; init; } = [];

    public static LiteralPart Text(string text) => OneOf([text]);

    public static LiteralPart OneOf(IReadOnlyCollection<string> texts) => new() { IsExact = true, Exact = texts };

    public IEnumerable<IReadOnlyCollection<string>> AllClauses() =>
        IsExact && Exact.All(text => text.Length > 0) ? Clauses.Append(Exact) : Clauses;

    public static LiteralPart Alternatives(IReadOnlyList<LiteralPart> branches)
    {
        if (branches.Count == 1)
            return branches[0];
        if (branches.All(branch => branch.IsExact))
        {
            var union = branches.SelectMany(branch => branch.Exact).ToHashSet(StringComparer.Ordinal);
            if (union.Count <= ExactMax)
                return OneOf(union) with { HasAnchor = branches.Any(branch => branch.HasAnchor) };
        }
        var best = branches.Select(branch => branch.AllClauses().MaxBy(LiteralRequirements.Shortest)).ToList();
        if (best.Any(clause => clause is null))
            return Unknown;
        return new LiteralPart { Clauses = [best.SelectMany(clause => clause!).ToHashSet(StringComparer.Ordinal)] };
    }

    /// <summary>Parts that follow each other: texts are joined while they are known, and become a clause where they end.</summary>
    public static LiteralPart Sequence(IEnumerable<LiteralPart> parts)
    {
        var clauses = new List<IReadOnlyCollection<string>>();
        var run = Nothing;
        var exact = true;
        foreach (var part in parts)
        {
            if (run.TryJoin(part) is { } joined)
            {
                run = joined;
                continue;
            }
            exact = false;
            clauses.AddRange(run.AllClauses());
            clauses.AddRange(part.IsExact ? [] : part.Clauses);
            run = part.IsExact ? part : Nothing;
        }
        if (exact)
            return run;
        clauses.AddRange(run.AllClauses());
        return new LiteralPart { Clauses = clauses };
    }

    /// <summary>The part any number of times from <paramref name="least"/> on, or at most once.</summary>
    public LiteralPart Repeated(int least, bool atMostOnce)
    {
        if (least == 0 && atMostOnce && IsExact)
            return this with { Exact = Exact.Append("").ToHashSet(StringComparer.Ordinal) };
        return least == 0 ? Unknown : new LiteralPart { Clauses = [.. AllClauses()] };
    }

    LiteralPart? TryJoin(LiteralPart next)
    {
        if (!IsExact || !next.IsExact || Exact.Count * next.Exact.Count > ExactMax)
            return null;
        var joined = Exact.SelectMany(left => next.Exact.Select(right => left + right)).ToHashSet(StringComparer.Ordinal);
        return this with { Exact = joined, HasAnchor = HasAnchor || next.HasAnchor };
    }
}
