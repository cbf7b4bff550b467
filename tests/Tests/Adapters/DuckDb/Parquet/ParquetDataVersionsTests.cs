using Footfall.Adapters.DuckDb.Parquet;
using Footfall.Core.Reports;
using Footfall.Core.Sites;

namespace Footfall.Tests.Adapters.DuckDb.Parquet;

public sealed class ParquetDataVersionsTests : IDisposable
{
    const long Noon = 1_774_700_000_000;
    const long Day = 86_400_000;

    static readonly DateOnly Today = DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(Noon).UtcDateTime);

    readonly ParquetScratch _scratch = new(partitions: 2);

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Processes_that_share_a_warehouse_say_the_same_and_so_do_they_after_a_restart()
    {
        await using var writer = _scratch.Open();
        await CommitAsync(writer, offset: 1, site: 1, Noon);
        var first = await VersionAsync(_scratch.OpenTables(), site: 1, Today);
        Assert.Equal(first, await VersionAsync(_scratch.OpenTables(), site: 1, Today));
        Assert.Matches("^[!-~]{1,60}$", first);
    }

    [Fact]
    public async Task A_commit_moves_the_version_of_its_site_and_of_the_days_around_it_and_no_other()
    {
        await using var writer = _scratch.Open();
        var reader = _scratch.OpenTables();
        await CommitAsync(writer, offset: 1, site: 1, Noon - (30 * Day));
        await CommitAsync(writer, offset: 2, site: 2, Noon);
        var yesterday = await VersionAsync(reader, 1, Today.AddDays(-1));
        var (today, past, other) = (await VersionAsync(reader, 1, Today), await VersionAsync(reader, 1, Today.AddDays(-30)), await VersionAsync(reader, 2, Today));
        await CommitAsync(writer, offset: 3, site: 1, Noon);
        Assert.NotEqual(today, await VersionAsync(reader, 1, Today));
        // A visit of yesterday may go on today.
        Assert.NotEqual(yesterday, await VersionAsync(reader, 1, Today.AddDays(-1)));
        Assert.Equal(past, await VersionAsync(reader, 1, Today.AddDays(-30)));
        Assert.Equal(other, await VersionAsync(reader, 2, Today));
        await CommitAsync(writer, offset: 4, site: 1, Noon - (30 * Day));
        Assert.NotEqual(past, await VersionAsync(reader, 1, Today.AddDays(-30)));
    }

    static async Task<string> VersionAsync(ParquetTables tables, int site, DateOnly day) =>
        (await new ParquetDataVersions(tables).OfAsync(new Site(site, ["example.com"], "UTC", "EUR", SiteSettings.Default), new DateRange(day, day), Stop))!;

    static async Task CommitAsync(ParquetWarehouse warehouse, long offset, int site, long at)
    {
        await warehouse.StateAsync(0, Stop);
        await warehouse.CommitAsync(ParquetWarehouseTests.Batch(0, offset, epoch: 0, sites: [site], at), Stop);
    }
}
