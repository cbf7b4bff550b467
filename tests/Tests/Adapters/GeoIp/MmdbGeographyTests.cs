using System.Net;
using Footfall.Adapters.GeoIp;
using Footfall.Core.Enrichment;

namespace Footfall.Tests.Adapters.GeoIp;

public sealed class MmdbGeographyTests
{
    [Theory]
    [InlineData("8.8.8.0", "US")]
    [InlineData("::ffff:8.8.8.0", "US")]
    [InlineData("91.198.174.0", "NL")]
    [InlineData("2a00:1450:4001::", "DE")]
    public void The_bundled_files_know_countries(string address, string country)
    {
        using var geography = Bundled();
        Assert.Equal(country, geography.Find(IPAddress.Parse(address)).Country);
    }

    [Fact]
    public void Regions_and_cities_have_names()
    {
        using var geography = Bundled();
        Assert.Equal(new Place("US", "California", "Mountain View"), geography.Find(IPAddress.Parse("8.8.8.0")));
    }

    [Theory]
    [InlineData("10.1.2.3")]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("fe80::1")]
    public void A_private_address_is_nowhere(string address)
    {
        using var geography = Bundled();
        Assert.Equal(Place.Unknown, geography.Find(IPAddress.Parse(address)));
    }

    [Fact]
    public void The_version_and_the_attribution_come_from_the_files()
    {
        using var geography = Bundled();
        Assert.Matches(@"^dbip-city-ipv4 \d{4}-\d\d-\d\d, dbip-city-ipv6 \d{4}-\d\d-\d\d$", geography.Version);
        Assert.Equal("IP Geolocation by DB-IP (https://db-ip.com).", geography.Attribution);
    }

    [Fact]
    public void The_same_address_is_remembered()
    {
        using var geography = Bundled();
        Assert.Same(geography.Find(IPAddress.Parse("8.8.8.0")), geography.Find(IPAddress.Parse("8.8.8.0")));
    }

    [Fact]
    public void A_missing_file_leaves_every_place_unknown()
    {
        using var geography = new MmdbGeography("/nowhere/at/all.mmdb");
        AssertKnowsNothing(geography);
    }

    [Fact]
    public void A_corrupt_file_leaves_every_place_unknown()
    {
        var file = Path.GetTempFileName();
        try
        {
            foreach (var content in new[] { [], new byte[10], Enumerable.Range(0, 100_000).Select(i => (byte)(i * 31)).ToArray() })
            {
                File.WriteAllBytes(file, content);
                using var geography = new MmdbGeography(file);
                AssertKnowsNothing(geography);
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void A_file_cut_short_leaves_places_unknown_or_right()
    {
        var file = Path.GetTempFileName();
        try
        {
            // The metadata at the end is kept, what lies in the middle is gone.
            var whole = File.ReadAllBytes(BundledFiles()[0]);
            File.WriteAllBytes(file, [.. whole.AsSpan(0, 200_000), .. whole.AsSpan(whole.Length - 2000)]);
            using var geography = new MmdbGeography(file);
            Assert.Contains(geography.Find(IPAddress.Parse("8.8.8.0")).Country, new[] { Labels.Unknown, "US" });
        }
        finally
        {
            File.Delete(file);
        }
    }

    static void AssertKnowsNothing(MmdbGeography geography)
    {
        Assert.Equal(Place.Unknown, geography.Find(IPAddress.Parse("8.8.8.0")));
        Assert.Null(geography.Version);
        Assert.Null(geography.Attribution);
    }

    static MmdbGeography Bundled() => new(BundledFiles());

    static IReadOnlyList<string> BundledFiles() => MmdbGeography.BundledFiles(AppContext.BaseDirectory);
}
