using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PrivacyFunctions.Tests.Scenarios.Support;

/// <summary>What programs are answered when a request is taken in.</summary>
internal static partial class Answers
{
    /// <summary>The answer without what is one request's own: its reference and its receipt.</summary>
    public static string WithoutIds(string answer)
    {
        var said = JsonNode.Parse(answer)!.AsObject();
        Assert.True(said.Remove("reference") && said.Remove("receipt"), answer);
        return said.ToJsonString();
    }

    /// <summary>The same of a page, with the address taken out that it may show, and the link to the receipt.</summary>
    public static string PageWithoutIds(string page, string address)
    {
        Assert.Matches(Reference(), page);
        return Receipts().Replace(Reference().Replace(page.Replace(address, "ADDRESS", StringComparison.OrdinalIgnoreCase), "REFERENCE"), "RECEIPT");
    }

    [GeneratedRegex("[0-9a-f]{32}")]
    private static partial Regex Reference();

    [GeneratedRegex("/receipts/[A-Za-z0-9_.-]+")]
    private static partial Regex Receipts();

    /// <summary>The path of the receipt that an answer brings.</summary>
    public static string Receipt(this JsonElement answer) => new Uri(answer.GetProperty("receipt").GetString()!).AbsolutePath.TrimStart('/');
}
