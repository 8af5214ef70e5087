using System.Text.Json;
using System.Text.Json.Nodes;

namespace PrivacyFunctions.Tests.Scenarios.Support;

/// <summary>What programs are answered when a request is taken in.</summary>
internal static class Answers
{
    /// <summary>The answer without what is one request's own: its reference and its receipt.</summary>
    public static string WithoutIds(string answer)
    {
        var said = JsonNode.Parse(answer)!.AsObject();
        Assert.True(said.Remove("reference") && said.Remove("receipt"), answer);
        return said.ToJsonString();
    }

    /// <summary>The path of the receipt that an answer brings.</summary>
    public static string Receipt(this JsonElement answer) => new Uri(answer.GetProperty("receipt").GetString()!).AbsolutePath.TrimStart('/');
}
