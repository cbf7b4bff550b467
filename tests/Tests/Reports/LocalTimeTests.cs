using Footfall.Core.Reports;

namespace Footfall.Tests.Reports;

public sealed class LocalTimeTests
{
    [Theory]
    [InlineData("Europe/Berlin", "2025-03-30", "2025-03-29T23:00:00", 23)]
    [InlineData("Europe/Berlin", "2025-10-26", "2025-10-25T22:00:00", 25)]
    [InlineData("Asia/Kathmandu", "2025-06-01", "2025-05-31T18:15:00", 24)]
    [InlineData("Australia/Lord_Howe", "2025-04-06", "2025-04-05T13:00:00", 24.5)]
    [InlineData("Australia/Lord_Howe", "2025-10-05", "2025-10-04T13:30:00", 23.5)]
    [InlineData("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00", 23)]
    [InlineData("America/Sao_Paulo", "2018-02-17", "2018-02-17T02:00:00", 25)]
    [InlineData("America/Havana", "2025-11-02", "2025-11-02T04:00:00", 25)]
    [InlineData("UTC", "2025-12-31", "2025-12-31T00:00:00", 24)]
    public void A_day_starts_and_ends_where_the_clocks_say(string zone, string day, string start, double hours)
    {
        var date = DateOnly.ParseExact(day, "yyyy-MM-dd");
        var range = new DateRange(date, date).In(TimeZoneInfo.FindSystemTimeZoneById(zone));
        Assert.Equal(DateTime.Parse(start), range.From);
        Assert.Equal(hours, (range.To - range.From).TotalHours);
    }

    [Fact]
    public void The_hour_repeated_in_autumn_is_two_buckets()
    {
        var labels = Labels("Europe/Berlin", 2025, 10, 26);
        Assert.Equal(25, labels.Count);
        Assert.Equal(["2025-10-26T02:00:00+02:00", "2025-10-26T02:00:00+01:00", "2025-10-26T03:00:00+01:00"], labels.Skip(2).Take(3));
    }

    [Fact]
    public void The_hour_skipped_in_spring_is_no_bucket() =>
        Assert.Equal(["2025-03-30T01:00:00+01:00", "2025-03-30T03:00:00+02:00"], Labels("Europe/Berlin", 2025, 3, 30).Skip(1).Take(2));

    [Fact]
    public void A_day_whose_midnight_is_skipped_begins_at_one() =>
        Assert.Equal(("2018-11-04T01:00:00-02:00", 23), (Labels("America/Sao_Paulo", 2018, 11, 4)[0], Labels("America/Sao_Paulo", 2018, 11, 4).Count));

    [Fact]
    public void Clocks_put_back_by_half_an_hour_repeat_half_an_hour() => Assert.Equal(
        ["2025-04-06T01:00:00+11:00", "2025-04-06T01:30:00+10:30", "2025-04-06T02:00:00+10:30"],
        Labels("Australia/Lord_Howe", 2025, 4, 6).Skip(1).Take(3));

    [Fact]
    public void Clocks_put_forward_by_half_an_hour_cut_an_hour() => Assert.Equal(
        ["2025-10-05T01:00:00+10:30", "2025-10-05T02:30:00+11:00", "2025-10-05T03:00:00+11:00"],
        Labels("Australia/Lord_Howe", 2025, 10, 5).Skip(1).Take(3));

    [Fact]
    public void Offsets_follow_each_other_over_years()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var offsets = LocalTime.Offsets(zone, new DateRange(new(2020, 1, 1), new(2024, 12, 31)).In(zone));
        Assert.Equal(11, offsets.Count);
        Assert.All(offsets.Skip(1), offset => Assert.Equal(new TimeOnly(1, 0), TimeOnly.FromDateTime(offset.From)));
    }

    [Fact]
    public void Weeks_and_months_begin_before_the_range_when_it_cuts_them()
    {
        var range = new DateRange(new(2025, 10, 30), new(2025, 11, 4));
        Assert.Equal(["2025-10-27", "2025-11-03"], TimeBuckets.Labels(DimensionKind.Week, range, TimeZoneInfo.Utc));
        Assert.Equal(["2025-10", "2025-11"], TimeBuckets.Labels(DimensionKind.Month, range, TimeZoneInfo.Utc));
    }

    static IReadOnlyList<string> Labels(string zone, int year, int month, int day) => TimeBuckets.Labels(
        DimensionKind.Hour, new DateRange(new(year, month, day), new(year, month, day)), TimeZoneInfo.FindSystemTimeZoneById(zone));
}
