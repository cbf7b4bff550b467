using Footfall.Adapters.Elastic;
using Footfall.Core.Search;
using Footfall.Servers;

namespace Footfall.Tests.Adapters.Elastic;

/// <summary>As an operator's Elasticsearch asks to be asked: a certificate of its own authority, and a user or an API key.</summary>
[Trait("speed", "slow")]
[Collection(SharedElastic.Collection)]
public sealed class ElasticOverTlsTests(SharedElastic elastic)
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_has_the_key_and_knows_the_authority_is_answered_and_nobody_else()
    {
        await using var front = await TlsFront.StartAsync(elastic.Address, "ApiKey a-key", isHttp2: false);
        await PrepareAsync(front.Address, "a-key", front.Authority);
        var untold = await Assert.ThrowsAsync<HitSearchUnavailableException>(() => PrepareAsync(front.Address, null, front.Authority));
        Assert.Contains("401", untold.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<HitSearchUnavailableException>(() => PrepareAsync(front.Address, "a-key", front.Stranger));
        await Assert.ThrowsAsync<HitSearchUnavailableException>(() => PrepareAsync(front.Address, "a-key", null));
    }

    [Fact]
    public async Task A_user_and_a_password_in_the_address_are_sent()
    {
        await using var front = await TlsFront.StartAsync(elastic.Address, "Basic " + Convert.ToBase64String("ada:sesame"u8), isHttp2: false);
        await PrepareAsync(new UriBuilder(front.Address) { UserName = "ada", Password = "sesame" }.Uri, null, front.Authority);
        await Assert.ThrowsAsync<HitSearchUnavailableException>(() => PrepareAsync(front.Address, null, front.Authority));
    }

    static async Task PrepareAsync(Uri address, string? key, string? authority)
    {
        using var nodes = new HttpNodes([address], key, TimeProvider.System, authority);
        await new ElasticHitDump(nodes, SharedElastic.NewOptions()).PrepareAsync(Stop);
    }
}
