using Footfall.Core.Reports;

namespace Footfall.Tests.Reports;

public sealed class TablesTests
{
    [Fact]
    public void Ids_are_unique_and_lower_case()
    {
        var ids = Metrics.All.Select(metric => metric.Id).Concat(Dimensions.All.Select(dimension => dimension.Id)).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Matches("^[a-z][a-z_]*$", id));
    }

    [Fact]
    public void Only_sums_over_events_are_said_to_add_up_over_every_dimension() =>
        Assert.All(Metrics.All.Where(metric => metric.Additivity == Additivity.Events), metric =>
            Assert.All(metric.Measure.Leaves(), leaf => Assert.True(leaf is Measure.CountEvents or Measure.SumEvents)));

    [Fact]
    public void A_ratio_to_nothing_is_null_and_a_count_of_nothing_is_zero()
    {
        Assert.Null(Metrics.Find("visit_duration")!.Measure.OfNothing);
        Assert.Null(Metrics.Find("bounce_rate")!.Measure.OfNothing);
        Assert.Equal(0, Metrics.Find("revenue")!.Measure.OfNothing);
        Assert.Equal(0, Metrics.Find("visitors")!.Measure.OfNothing);
    }

    [Fact]
    public void A_property_is_a_dimension_by_its_name()
    {
        Assert.Equal("a:b", Dimensions.Find("prop:a:b")!.Field);
        Assert.Null(Dimensions.Find("prop:"));
        Assert.Null(Dimensions.Find("prop:" + new string('x', 101)));
        Assert.Null(Dimensions.Find("prop:a\0"));
        Assert.Null(Dimensions.Find("Page"));
    }
}
