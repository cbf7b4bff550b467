using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Footfall.Adapters.Tls;

/// <summary>Certificates of servers that an authority of the operator's own has signed.</summary>
static class PrivateAuthority
{
    /// <summary>Believes what the authorities in a file have signed, and nothing else.</summary>
    /// <param name="file">In PEM.</param>
    /// <exception cref="IOException">The file cannot be read, or has no certificate in it.</exception>
    public static X509ChainPolicy Trust(string file)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        try
        {
            policy.CustomTrustStore.ImportFromPemFile(file);
        }
        catch (CryptographicException unreadable)
        {
            throw new IOException($"{file} is no certificate in PEM: {unreadable.Message}", unreadable);
        }
        return policy.CustomTrustStore.Count > 0 ? policy : throw new IOException($"{file} has no certificate in PEM in it.");
    }
}
