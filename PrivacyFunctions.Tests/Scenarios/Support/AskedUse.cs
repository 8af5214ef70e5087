using System.Net;

namespace PrivacyFunctions.Tests.Scenarios.Support;

/// <summary>What the company's systems hear when they ask what must not be done with somebody's data.</summary>
internal static class AskedUse
{
    /// <summary>Asks: the data sets that are only kept, in the order of the alphabet, and whether nothing may be advertised.</summary>
    public static async Task<(string[] NotUsed, bool NoAdvertising)> AskUseAsync(this ScenarioHost host, string address)
    {
        var (status, body) = await host.CallAsync(HttpMethod.Post, "api/use", new { email = address });
        Assert.Equal(HttpStatusCode.OK, status);
        return (
            [.. body.GetProperty("notUsed").EnumerateArray().Select(set => set.GetString()!).Order(StringComparer.Ordinal)],
            body.GetProperty("noAdvertising").GetBoolean());
    }
}
