using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace PrivacyFunctions.LocalHost.Hosting;

/// <summary>The keys that open functions, given in the header <c>x-functions-key</c> or else in the query as
/// <c>code</c>.</summary>
/// <param name="functionKey">Opens functions of level Function.</param>
/// <param name="masterKey">Opens everything.</param>
internal sealed class FunctionKeys(string functionKey, string masterKey)
{
    private readonly byte[] _function = Hash(functionKey);
    private readonly byte[] _master = Hash(masterKey);

    /// <summary>Whether the request may pass. Takes as long for a wrong key as for the right one.</summary>
    public bool Admits(HttpRequest request, AccessLevel level)
    {
        if (level is AccessLevel.Anonymous)
            return true;
        var given = request.Headers.TryGetValue("x-functions-key", out var header) ? header : request.Query["code"];
        var hash = Hash(given.ToString());
        return CryptographicOperations.FixedTimeEquals(hash, _master)
            | (level is AccessLevel.Function && CryptographicOperations.FixedTimeEquals(hash, _function));
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
