namespace Footfall.Core.Reports;

/// <summary>
/// What a metric computes over the events of one row and the visits they belong to. A tree that knows no dialect: engines render it, and two
/// engines that render it well give equal answers. Leaves are sums and counts; everything above is arithmetic on them.
/// </summary>
public abstract record Measure
{
    /// <summary>The value over no events at all; null where it would be nothing divided by nothing.</summary>
    public virtual double? OfNothing => 0;

    /// <summary>The sums and counts that the tree is made of.</summary>
    public virtual IEnumerable<Measure> Leaves() => [this];

    /// <summary>How many events.</summary>
    public sealed record CountEvents(EventTest Test) : Measure;

    /// <summary>A sum over events.</summary>
    public sealed record SumEvents(EventAmount Amount, EventTest Test) : Measure;

    /// <summary>How many distinct visits.</summary>
    public sealed record CountVisits(VisitTest Test) : Measure;

    /// <summary>Microseconds from first to last event, added up over distinct visits.</summary>
    public sealed record SumVisitTime : Measure;

    /// <summary>How many distinct visitors have a visit of a kind.</summary>
    public sealed record CountVisitors(VisitTest Test) : Measure;

    /// <summary>One sum divided by another; null when the other is zero.</summary>
    public sealed record Ratio(Measure Numerator, Measure Denominator) : Measure
    {
        public override double? OfNothing => null;

        public override IEnumerable<Measure> Leaves() => Numerator.Leaves().Concat(Denominator.Leaves());
    }

    public sealed record Difference(Measure Left, Measure Right) : Measure
    {
        public override IEnumerable<Measure> Leaves() => Left.Leaves().Concat(Right.Leaves());
    }

    /// <summary>A change of unit: the value divided by a constant that is not zero.</summary>
    public sealed record Scaled(Measure Of, double Divisor) : Measure
    {
        public override double? OfNothing => Of.OfNothing;

        public override IEnumerable<Measure> Leaves() => Of.Leaves();
    }
}
