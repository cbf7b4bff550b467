using CsCheck;
using Footfall.Core.Reports;

namespace Footfall.Tests.Reports;

public sealed class NearestNamesTests
{
    static readonly string[] Known = ["visitors", "visits", "views_per_visit", "revenue"];

    [Fact]
    public void The_nearest_name_comes_first()
    {
        Assert.Equal("visitors", NearestNames.To("visitor", Known)[0]);
        Assert.Equal("visits", NearestNames.To("Vistis", Known)[0]);
        Assert.Empty(NearestNames.To("qqqqqqqqqqqq", Known));
    }

    [Fact]
    public void Distance_is_symmetric_and_at_most_the_longer_length() =>
        Gen.Select(Gen.String[Gen.Char['a', 'c'], 0, 8], Gen.String[Gen.Char['a', 'c'], 0, 8]).Sample((left, right) =>
        {
            var distance = NearestNames.Distance(left, right);
            return distance == NearestNames.Distance(right, left) && distance <= Math.Max(left.Length, right.Length)
                && distance >= Math.Abs(left.Length - right.Length) && (distance == 0) == (left == right);
        });
}
