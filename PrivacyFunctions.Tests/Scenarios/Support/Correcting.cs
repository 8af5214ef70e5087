using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using PrivacyFunctions.Callers;

namespace PrivacyFunctions.Tests.Scenarios.Support;

/// <summary>A value that a person sees, by the name of its field in the form.</summary>
internal sealed record SeenValue(string Name, string Title, string Value);

/// <summary>What people and operators do to have data corrected.</summary>
internal static class Correcting
{
    public const string Right = "rectification";
    public const string Asks = "Please confirm your request to correct your data";
    public const string Ready = "Look at your data and correct it";
    public const string Corrected = "Your data is corrected";
    public const string Answered = "What we did about your corrections";
    public const string Waits = "Please decide about the correction of a person's data";

    /// <summary>The name that stands in several sources of a person whom <see cref="FillAsync"/> knows.</summary>
    public const string WrongName = "Dana Wrnog";

    /// <summary>Asks, confirms and enters the code; the case, and the path of the page that then opens.</summary>
    public static async Task<(string Reference, string Link)> LookThroughAsync(this DataSubject person)
    {
        var reference = await person.AskAsync(right: Right);
        await person.ConfirmAsync(Asks);
        return (reference, await person.EnterAsync());
    }

    /// <summary>Enters a fresh code; the path of the page that then opens.</summary>
    public static async Task<string> EnterAsync(this DataSubject person)
    {
        var link = await person.LinkAsync(Ready);
        using var answer = await person.PostAsync($"{link}/open", new { code = await person.CodeAsync(link) });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var page = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("corrections").GetString()!;
        return new Uri(page).AbsolutePath.TrimStart('/');
    }

    /// <summary>What the page shows that can be corrected.</summary>
    public static async Task<IReadOnlyList<SeenValue>> ValuesAsync(this ScenarioHost host, string link)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, link);
        request.Headers.Accept.Add(new("application/json"));
        using var answer = await host.App.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("values").Deserialize<List<SeenValue>>(JsonSerializerOptions.Web)!;
    }

    /// <summary>The page as its person sees it.</summary>
    public static async Task<IHtmlDocument> CorrectionFormAsync(this ScenarioHost host, string link) =>
        new HtmlParser().ParseDocument(await host.App.GetStringAsync(link));

    /// <summary>Sends corrections by the names of their fields.</summary>
    public static async Task SendAsync(this DataSubject person, string link, Dictionary<string, string> fields)
    {
        using var sent = await person.PostAsync(link, fields);
        Assert.Equal(HttpStatusCode.Accepted, sent.StatusCode);
    }

    /// <summary>What operators see of a case's corrections.</summary>
    public static async Task<IReadOnlyList<JsonElement>> CorrectionsAsync(this ScenarioHost host, string reference)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/operator/cases/{reference}/corrections");
        request.Headers.Add(CallerKey.Header, host.OperatorKey);
        using var answer = await host.App.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return [.. (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("corrections").EnumerateArray()];
    }

    /// <summary>Sends an operator's decision about one of them.</summary>
    public static async Task<HttpStatusCode> DecideAsync(this ScenarioHost host, string reference, string number, object decision)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/operator/cases/{reference}/corrections/{number}")
        {
            Content = JsonContent.Create(decision),
        };
        request.Headers.Add(CallerKey.Header, host.OperatorKey);
        using var answer = await host.App.SendAsync(request);
        return answer.StatusCode;
    }

    /// <summary>Gives a person the same wrong name in a profile, a registration and a conversation, and another one in a registration.</summary>
    public static async Task FillAsync(this ScenarioHost host, string address, string person)
    {
        var key = DailySweeps.KeyOf(address);
        await host.WriteAsync("companyProfiles", person, "profile", ("Name", WrongName), ("Email", address), ("Company", "Lighthouse"), ("ProductInterest", "guessed"));
        await host.WriteAsync(
            "companyEventRegistrations", key, "r-1", ("Name", WrongName), ("Email", address), ("Event", "Winter fair"), ("Attended", true),
            ("EventDate", DateTimeOffset.UtcNow));
        await host.WriteAsync(
            "companyEventRegistrations", key, "r-2", ("Name", "Somebody Else"), ("Email", address), ("EventDate", DateTimeOffset.UtcNow));
        await host.WriteAsync("companyPayments", person, "p-1", ("BillingName", WrongName), ("PaidAt", DateTimeOffset.UtcNow));
        await host.Ticket(address).UploadAsync(new BinaryData(
            $$"""{"Name":"{{WrongName}}","Subject":"Grüße","Mood":"unmapped","Messages":[{"Text":"My name is {{WrongName}}"}]}"""));
    }

    /// <summary>The name that stands in the row.</summary>
    public static async Task<string?> NameInAsync(this ScenarioHost host, string table, string partition, string row) =>
        (await host.RowAsync(table, partition, row)).GetString("Name");

    /// <summary>A row of the company's.</summary>
    public static async Task<TableEntity> RowAsync(this ScenarioHost host, string table, string partition, string row) =>
        (await new TableClient(host.Storage, table).GetEntityAsync<TableEntity>(partition, row)).Value;

    /// <summary>The conversation that <see cref="FillAsync"/> writes.</summary>
    public static BlobClient Ticket(this ScenarioHost host, string address) => new BlobServiceClient(host.Storage)
        .GetBlobContainerClient("company-support").GetBlobClient($"{DailySweeps.KeyOf(address)}/ticket-1/conversation.json");
}
