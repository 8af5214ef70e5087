using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using PrivacyFunctions.Callers;

namespace PrivacyFunctions.Tests.Scenarios.Support;

/// <summary>The owner of a customer account, with a mailbox, who ends it or has it ended.</summary>
internal sealed partial class Owner(ScenarioHost host, string address, string account)
{
    public string Address => address;

    public string Account => account;

    /// <summary>The owner's id in the company's stores, as <see cref="SmallCompany"/> gives it.</summary>
    public string PersonId => $"q-{account[2..]}";

    /// <summary>Asks to end the account; the case's reference.</summary>
    public async Task<string> AskAsync(string? submission = null)
    {
        using var answer = await host.App.PostAsJsonAsync("accounts/end", new { email = address, account, submission });
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("reference").GetString()!;
    }

    /// <summary>An application that was slow, or a copy that is played back, writes data of the account.</summary>
    public Task WriteAsync(string row) => new TableServiceClient(host.Storage).GetTableClient("companyServiceContacts")
        .AddEntityAsync(new TableEntity(account, row) { ["Name"] = "Somebody" });

    /// <summary>Presses the button behind the mailed link; the answer.</summary>
    public async Task<HttpResponseMessage> PressAsync(string subject) => await PostAsync(await LinkAsync(subject));

    /// <summary>Presses the button behind a link that was read before; the answer.</summary>
    public async Task<HttpResponseMessage> PostAsync(string link)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, link);
        request.Headers.Accept.Add(new("application/json"));
        return await host.App.SendAsync(request);
    }

    /// <summary>Confirms that the account ends; its dates.</summary>
    public async Task<TerminationAnswer> ConfirmAsync()
    {
        using var answer = await PressAsync(TerminationMails.Confirm);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<TerminationAnswer>())!;
    }

    /// <summary>An operator enters the company's decision to end the account; the case's reference and dates.</summary>
    /// <param name="key">The key of the submission.</param>
    /// <param name="by">The operator's key, if it is another one.</param>
    public async Task<TerminationAnswer> BeEndedAsync(string? key = null, string? by = null)
    {
        using var answer = await EnterAsync(key, by);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<TerminationAnswer>())!;
    }

    /// <summary>The same, where another case may end the account already; the reference of the decision in either case.</summary>
    public async Task<(HttpStatusCode Status, string Reference)> TryBeEndedAsync(string? key = null)
    {
        using var answer = await EnterAsync(key);
        return (answer.StatusCode, Reference().Match(await answer.Content.ReadAsStringAsync()).Value);
    }

    /// <summary>The path of the link in the newest mail with that subject.</summary>
    public async Task<string> LinkAsync(string subject) => DataSubject.LinkIn(await host.Outbox.ReceiveAsync(address, subject));

    /// <summary>The first of two operators enters that decision, with which the other has to agree: it stands, even if nobody can be told of it at this moment.</summary>
    public async Task BeProposedAsync(string by)
    {
        using var answer = await EnterAsync(key: null, by);
        Assert.True(answer.StatusCode is HttpStatusCode.Accepted or HttpStatusCode.ServiceUnavailable, $"{answer.StatusCode}");
    }

    private async Task<HttpResponseMessage> EnterAsync(string? key, string? by = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/operator/terminations")
        {
            Content = JsonContent.Create(new { account }),
        };
        request.Headers.Add(CallerKey.Header, by ?? host.OperatorKey);
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return await host.App.SendAsync(request);
    }

    /// <summary>How many rows and blobs of the account the company's systems hold.</summary>
    public async Task<int> ItemsAsync()
    {
        var tables = new TableServiceClient(host.Storage);
        var count = 0;
        foreach (var table in new[] { "companyServiceContacts", "companyAccounts" })
            await foreach (var _ in tables.GetTableClient(table).QueryAsync<TableEntity>(row => row.PartitionKey == account)) count++;
        var files = new BlobServiceClient(host.Storage).GetBlobContainerClient("company-service");
        await foreach (var _ in files.GetBlobsAsync(BlobTraits.None, BlobStates.None, $"{account}/", default)) count++;
        return count;
    }

    [GeneratedRegex("[0-9a-f]{32}")]
    private static partial Regex Reference();
}

/// <summary>What a termination's confirmation, or its entry, answers.</summary>
internal sealed record TerminationAnswer(
    string Reference, DateOnly TerminatedOn, DateOnly UndoOn, DateOnly PurgeOn, DateOnly Deadline);

/// <summary>Words by which a termination's mails are told apart.</summary>
internal static class TerminationMails
{
    public const string Confirm = "Please confirm that you want to end your account";
    public const string Ends = "Your account ends";
    public const string Export = "The data of your account is ready";
    public const string GoesOn = "Your account goes on";
    public const string Emptied = "All the data of your account has been deleted";
}
