using System.Net;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.OpenApi;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Callers.OpenApi;

/// <summary>
/// docs/openapi.json says what the code says, is a proper OpenAPI document, and is what the app hands out. It is written anew with
/// <c>PF_RENEW_SNAPSHOT=1 dotnet test PrivacyFunctions.Tests --filter OpenApiTests</c>.
/// </summary>
[Clause("C-ACCESS")]
public class OpenApiTests
{
    private const string Path = "docs/openapi.json";

    public static TheoryData<string> Bodies => [.. Posts.Where(post => FieldsOf(post.Function).Count > 0).Select(post => post.Trigger.Route!)];

    private static IEnumerable<(MethodInfo Function, HttpTriggerAttribute Trigger)> Posts => ApiDocument.Functions.Where(each => each.Trigger.Methods![0] == "post");

    [Fact]
    public void Document_SaysWhatTheCodeSays()
    {
        var written = ApiDocument.Write();
        if (Environment.GetEnvironmentVariable("PF_RENEW_SNAPSHOT") == "1") File.WriteAllText(System.IO.Path.Combine(RepositoryFiles.Root, Path), written);
        Assert.Equal(written, RepositoryFiles.Read(Path).ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Document_IsProper()
    {
        var read = OpenApiDocument.Parse(RepositoryFiles.Read(Path), "json");
        Assert.Empty(read.Diagnostic!.Errors);
        Assert.Empty(read.Diagnostic.Warnings);
        Assert.All(
            read.Document!.Paths.SelectMany(path => path.Value.Operations!.Values),
            operation => Assert.False(string.IsNullOrEmpty(operation.Summary), operation.OperationId));
    }

    [Fact]
    public void Functions_ThatTakeAKey_SayWhatTheyAnswer() => Assert.Equal(
        [nameof(ShowApi)],
        ApiDocument.Functions.Where(each => !each.Function.IsDefined(typeof(AnswersAttribute), inherit: false) && !each.Function.IsDefined(typeof(AnswersFileAttribute)))
            .Select(each => each.Function.DeclaringType!.Name));

    [Fact]
    public async Task Document_IsHandedOutToWhoeverHasAKey()
    {
        var host = await ScenarioHost.SharedAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/openapi.json");
        request.Headers.Add(CallerKey.Header, await host.IssueKeyAsync($"op-{Guid.NewGuid():N}", CallerRole.Messages));
        using var answer = await host.App.SendAsync(request);
        Assert.Equal((HttpStatusCode.OK, "application/json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Equal(RepositoryFiles.Read(Path), await answer.Content.ReadAsStringAsync());
    }

    // Whatever refuses a field that there is not says which there are: those of the document.
    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Fields_ThatAreTaken_AreThoseOfTheDocument(string route)
    {
        var takes = FieldsOf(Posts.Single(post => post.Trigger.Route == route).Function);
        var host = await ScenarioHost.SharedAsync();
        var path = route.Replace("{id}", new string('0', 32), StringComparison.Ordinal).Replace("{number}", "1", StringComparison.Ordinal).Replace("{right}", "complaint", StringComparison.Ordinal);
        var (status, body) = await host.CallAsync(HttpMethod.Post, path, new { noSuchField = "x" });
        Assert.True(status is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity, $"{status}");
        var words = body.ToString();
        // Which fields a request has depends on its kind; and what the company's systems send can have fields of theirs.
        if (route.Contains("{right}", StringComparison.Ordinal)) Assert.Superset(FieldsIn(words), takes);
        else if (route.StartsWith("api/operator/newsletters", StringComparison.Ordinal) || route == "api/messages") Assert.DoesNotContain("is no field here", words, StringComparison.Ordinal);
        else Assert.Equal(FieldsIn(words).Order(), takes.Order());
    }

    private static HashSet<string> FieldsOf(MethodInfo function) => function.GetCustomAttributes<TakesAttribute>().Select(field => field.Name).ToHashSet();

    private static HashSet<string> FieldsIn(string words)
    {
        var from = words.IndexOf("There are ", StringComparison.Ordinal) + "There are ".Length;
        return words[from..words.IndexOf('.', from)].Split(", ").ToHashSet();
    }
}
