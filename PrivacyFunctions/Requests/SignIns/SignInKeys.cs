using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace PrivacyFunctions.Requests.SignIns;

/// <summary>Reads the public keys that the tokens of the company's sign-in are checked by.</summary>
internal static class SignInKeys
{
    /// <summary>The algorithms that count: with a public key alone nobody can sign by them.</summary>
    public static readonly IReadOnlyList<string> Algorithms = [SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.RsaSha256];

    private const string Curve = "P-256";
    private const int LeastRsaBits = 2048;

    /// <summary>Reads them, or says what is wrong, without what stands in the setting.</summary>
    /// <param name="setting">The set itself, or the path of its file.</param>
    /// <param name="keys">The keys; at least one.</param>
    /// <param name="mistake">A sentence for whoever set it.</param>
    public static bool TryRead(string setting, out IReadOnlyList<SecurityKey> keys, [NotNullWhen(false)] out string? mistake)
    {
        (keys, mistake) = ([], null);
        try
        {
            var set = new JsonWebKeySet(setting.TrimStart().StartsWith('{') ? setting : File.ReadAllText(setting));
            mistake = set.Keys.Count == 0 ? "SignIn:Keys names no key." : set.Keys.Select(WhyNot).FirstOrDefault(why => why is not null);
            keys = [.. set.Keys];
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or IOException or UnauthorizedAccessException or NotSupportedException)
        {
            mistake = "SignIn:Keys must be a JSON Web Key Set, or the path of a file with one.";
        }

        return mistake is null;
    }

    private static string? WhyNot(JsonWebKey key)
    {
        if (key.HasPrivateKey || key.K is { Length: > 0 }) return "SignIn:Keys must hold public keys only: one of them is a secret, which belongs to whoever signs.";
        var algorithm = key.Kty switch
        {
            JsonWebAlgorithmsKeyTypes.EllipticCurve when key.Crv == Curve => SecurityAlgorithms.EcdsaSha256,
            JsonWebAlgorithmsKeyTypes.RSA when key.KeySize >= LeastRsaBits => SecurityAlgorithms.RsaSha256,
            _ => null,
        };
        return algorithm is not null && (string.IsNullOrEmpty(key.Alg) || key.Alg == algorithm) && IsReadable(key)
            ? null
            : $"SignIn:Keys must hold keys for ES256 (EC on {Curve}) or RS256 (RSA of {LeastRsaBits} bits or more), and no others.";
    }

    // It is looked at now, and not when somebody comes with a token.
    private static bool IsReadable(JsonWebKey key)
    {
        try
        {
            if (key.Kty == JsonWebAlgorithmsKeyTypes.RSA)
            {
                using var rsa = RSA.Create(new RSAParameters { Modulus = Base64UrlEncoder.DecodeBytes(key.N), Exponent = Base64UrlEncoder.DecodeBytes(key.E) });
                return true;
            }

            var point = new ECPoint { X = Base64UrlEncoder.DecodeBytes(key.X), Y = Base64UrlEncoder.DecodeBytes(key.Y) };
            using var ec = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = point });
            return ec.ExportSubjectPublicKeyInfo().Length > 0;
        }
        catch (Exception unusable) when (unusable is ArgumentException or CryptographicException or FormatException)
        {
            return false;
        }
    }
}
