namespace Footfall.Core.Reports;

/// <summary>Which events a report takes. A test of a visit's dimension takes all events of the visits that pass.</summary>
public abstract record Filter
{
    /// <summary>The tests of the tree.</summary>
    public abstract IEnumerable<Test> Tests();

    public sealed record And(IReadOnlyList<Filter> Of) : Filter
    {
        public override IEnumerable<Test> Tests() => Of.SelectMany(filter => filter.Tests());
    }

    public sealed record Or(IReadOnlyList<Filter> Of) : Filter
    {
        public override IEnumerable<Test> Tests() => Of.SelectMany(filter => filter.Tests());
    }

    public sealed record Not(Filter Of) : Filter
    {
        public override IEnumerable<Test> Tests() => Of.Tests();
    }

    /// <param name="Values">One value; any number for <see cref="FilterOperator.In"/> and <see cref="FilterOperator.NotIn"/>.</param>
    public sealed record Test(Dimension Dimension, FilterOperator Operator, IReadOnlyList<string> Values, bool IgnoreCase = false) : Filter
    {
        public override IEnumerable<Test> Tests() => [this];
    }
}
