using System.Net;
using System.Text.Json;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Azure.Data.Tables;

namespace PrivacyFunctions.Tests.Scenarios.Support;

/// <summary>What recipients of data are told and answer, and what operators enter about it.</summary>
internal static class Notifying
{
    /// <summary>The recipient of everybody's profile, whom the sample map gives a contact.</summary>
    public const string Reseller = "privacy@resellers.example.org";

    /// <summary>The recipient of registrations for events, whom the sample map gives one.</summary>
    public const string Organiser = "privacy@events.example.org";

    /// <summary>The recipient of payments, whom the sample map gives one.</summary>
    public const string Payments = "privacy@payments.example.org";
    public const string Erased = "Please erase a person's data";
    public const string Corrected = "Please correct a person's data";
    public const string Restricted = "Please do not use a person's data";
    public const string Advertising = "Please do not advertise to a person";
    public const string Lifted = "You can use a person's data again";
    public const string Late = "Recipients of a person's data are not told, or have not answered";
    public const string Declined = "A recipient of a person's data does not do what we asked";

    /// <summary>A person of the company whose data is erased; the case, which is closed.</summary>
    public static async Task<string> EraseAsync(this ScenarioHost host, DataSubject person)
    {
        var reference = await person.AskToEraseAsync();
        await host.ApproveWaitingPlanAsync(reference);
        await host.UntilAsync(reference, view => view.Status() == "closed");
        return reference;
    }

    /// <summary>The path of the page that a recipient was mailed about a case.</summary>
    public static async Task<string> NoticeLinkAsync(this ScenarioHost host, string recipient, string subject, string reference) =>
        DataSubject.LinkIn(await host.Outbox.ReceiveAsync(recipient, subject, about: [reference]));

    /// <summary>The page as it is seen.</summary>
    public static async Task<IHtmlDocument> NoticePageAsync(this ScenarioHost host, string link) =>
        new HtmlParser().ParseDocument(await host.App.GetStringAsync(link));

    /// <summary>Answers by the form.</summary>
    public static Task<HttpResponseMessage> AnswerAsync(this ScenarioHost host, string link, string answer) =>
        host.App.PostAsync(link, new FormUrlEncodedContent(new Dictionary<string, string> { ["answer"] = answer }));

    /// <summary>The notices of an act of a case, as an operator sees them, by the recipients' ids.</summary>
    public static async Task<IReadOnlyDictionary<string, JsonElement>> NoticesAsync(this ScenarioHost host, string reference, string act)
    {
        var (status, body) = await host.CallAsync(HttpMethod.Get, $"api/operator/cases/{reference}/recipients");
        Assert.Equal(HttpStatusCode.OK, status);
        return body.GetProperty("acts").EnumerateArray().Single(one => one.GetProperty("act").GetString() == act)
            .GetProperty("recipients").EnumerateArray().ToDictionary(one => one.GetProperty("recipient").GetString()!);
    }

    /// <summary>The recipients of a case that are on the list of what is open, on whichever of its pages.</summary>
    public static async Task<IReadOnlyList<string>> OpenAsync(this ScenarioHost host, string reference)
    {
        var open = new List<string>();
        for (string? next = ""; next is not null;)
        {
            var (status, page) = await host.CallAsync(HttpMethod.Get, $"api/operator/recipients{(next.Length > 0 ? $"?continue={next}" : "")}");
            Assert.Equal(HttpStatusCode.OK, status);
            foreach (var act in page.GetProperty("open").EnumerateArray().Where(act => act.Reference() == reference))
                open.AddRange(act.GetProperty("recipients").EnumerateArray().Select(one => one.GetProperty("recipient").GetString()!));
            next = page.Next();
        }

        return open;
    }

    /// <summary>Whether the notices of a case, or the one of a recipient of that name, still hold whom they are about.</summary>
    public static async Task<bool> HoldsPersonAsync(this ScenarioHost host, string reference, string? recipient = null) =>
        await new TableClient(host.Storage, "privacyRecipientNotices")
            .QueryAsync<TableEntity>(row => row.PartitionKey == reference)
            .AnyAsync(row => row.ContainsKey("Person") && (recipient is null || row.GetString("Recipient") == recipient));

    /// <summary>The addresses of the person, as an operator sees them who tells recipients by hand, by the acts; and the status of the answer.</summary>
    public static Task<(HttpStatusCode Status, JsonElement Body)> PersonToTellOfAsync(this ScenarioHost host, string reference) =>
        host.CallAsync(HttpMethod.Get, $"api/operator/cases/{reference}/recipients/person");

    /// <summary>Enters that a recipient was told of an erasure.</summary>
    public static async Task<HttpStatusCode> ToldAsync(this ScenarioHost host, string reference, object entry) =>
        (await host.CallAsync(HttpMethod.Post, $"api/operator/cases/{reference}/recipients/told", entry)).Status;

    /// <summary>Enters what it answered.</summary>
    public static async Task<HttpStatusCode> AnsweredAsync(this ScenarioHost host, string reference, object entry) =>
        (await host.CallAsync(HttpMethod.Post, $"api/operator/cases/{reference}/recipients/answer", entry)).Status;

    /// <summary>What the view says about a field; null if it is not there.</summary>
    public static string? Text(this JsonElement view, string field) => view.TryGetProperty(field, out var value) ? value.GetString() : null;
}
