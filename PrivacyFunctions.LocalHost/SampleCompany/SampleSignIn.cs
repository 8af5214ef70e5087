using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace PrivacyFunctions.LocalHost.Sample;

/// <summary>
/// The sample company's sign-in: it issues the tokens by which the privacy centre knows who is signed in, as a company's own pages would. Nobody is
/// asked for a password here.
/// </summary>
/// <param name="key">The private key, PKCS #8 in base64.</param>
/// <param name="time">The clock of this machine.</param>
internal sealed class SampleSignIn(string key, TimeProvider time)
{
    public const string Issuer = "https://sign-in.sample-company.example";
    public const string Audience = "privacy-centre";

    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    private readonly ECDsaSecurityKey _key = new(Import(key)) { KeyId = "sample" };

    /// <summary>A new private key.</summary>
    public static string NewKey()
    {
        using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Convert.ToBase64String(made.ExportPkcs8PrivateKey());
    }

    /// <summary>The public half of a key, as the setting <c>SignIn:Keys</c> takes it.</summary>
    public static string PublicSet(string key)
    {
        using var pair = Import(key);
        var point = pair.ExportParameters(includePrivateParameters: false).Q;
        return JsonSerializer.Serialize(new
        {
            keys = new[]
            {
                new { kty = "EC", crv = "P-256", kid = "sample", use = "sig", alg = "ES256", x = Base64UrlEncoder.Encode(point.X!), y = Base64UrlEncoder.Encode(point.Y!) },
            },
        });
    }

    /// <summary>A token that says that this person is signed in; good for one request, within ten minutes.</summary>
    public string Issue(SamplePerson person)
    {
        var now = time.GetUtcNow();
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer, Audience = Audience, IssuedAt = now.UtcDateTime, NotBefore = now.UtcDateTime, Expires = (now + Life).UtcDateTime,
            Claims = new Dictionary<string, object>
            {
                [JwtRegisteredClaimNames.Jti] = Guid.NewGuid().ToString("N"), [JwtRegisteredClaimNames.Sub] = person.Id,
                [JwtRegisteredClaimNames.Email] = person.Address,
            },
            SigningCredentials = new(_key, SecurityAlgorithms.EcdsaSha256),
        });
    }

    private static ECDsa Import(string key)
    {
        var pair = ECDsa.Create();
        pair.ImportPkcs8PrivateKey(Convert.FromBase64String(key), out _);
        return pair;
    }
}
