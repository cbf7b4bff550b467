using Footfall.Adapters.Spark;
using Footfall.Servers;

namespace Footfall.Tests.Adapters.Spark;

/// <summary>As an operator's Spark stands behind a gate: a certificate of their own authority, and a token.</summary>
[Trait("speed", "slow")]
[Collection(SharedSpark.Collection)]
public sealed class SparkOverTlsTests(SharedSpark spark)
{
    const string Token = "let-me-in";

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_has_the_token_and_knows_the_authority_is_answered_and_nobody_else()
    {
        await using var front = await TlsFront.StartAsync(spark.Address, "Bearer " + Token, isHttp2: true);
        Assert.Equal("4.2.0", await VersionAsync(front, Token, front.Authority));
        var untold = await Assert.ThrowsAsync<SparkException>(() => VersionAsync(front, null, front.Authority));
        Assert.Contains("does not accept the token", untold.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<SparkException>(() => VersionAsync(front, Token, front.Stranger));
        await Assert.ThrowsAsync<SparkException>(() => VersionAsync(front, Token, null));
    }

    async Task<string> VersionAsync(TlsFront front, string? token, string? authority)
    {
        using var client = spark.Client("/", options => options with { Address = front.Address, Token = token, AuthorityFile = authority });
        await using var session = await client.OpenAsync(Stop);
        return await session.VersionAsync(Stop);
    }
}
