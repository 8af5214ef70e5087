using System.Text.Json;
using Azure.Data.Tables;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>A copy of one's data has what we keep ourselves, and the facts about what is not copied.</summary>
[Clause("R-ACCESS")]
public class AnswerOfOurRecordsTests
{
    [Fact]
    [Clause("M-UNSUB")]
    public async Task Access_PersonWithTwoAddresses_GetsWhatOurRecordsKeepUnderEither()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        var second = await SmallCompany.AddAddressAsync(host, id);
        var (newsletter, hold) = (SentNewsletters.FreshName(), $"h-{Guid.NewGuid():N}");
        await host.SubscribeAsync(second.Address, newsletter);
        await host.OneClickAsync(await host.WayOutAsync(second.Address, newsletter));
        await host.OperateAsync("holds", new
        {
            email = second.Address, id = hold, kind = "restriction", dataSet = "payments", ground = "Somebody else disputes it.",
            owner = "legal-team", reviewOn = "2100-01-31",
        });
        var earlier = await second.AskAsync(right: "erasure"); // never confirmed

        var package = await person.ReceiveEverythingAsync();

        var left = Values(package, "suppressions");
        Assert.Equal(newsletter, Text(left, "RowKey"));
        Assert.Equal("OneClick", Text(left, "How"));
        var held = Values(package, "holds");
        Assert.Equal((hold, "Restriction", "payments"), (Text(held, "RowKey"), Text(held, "Kind"), Text(held, "DataSet")));
        Assert.Equal(("legal-team", "2100-01-31"), (Text(held, "Owner"), Text(held, "ReviewOn")));
        var asked = Values(package, "cases"); // not the request that is being answered
        Assert.Equal((earlier, "Erasure"), (Text(asked, "PartitionKey"), Text(asked, "Kind")));
        Assert.Contains(newsletter, package.Html);
        Assert.Contains(earlier, package.Html);

        // Neither what was written for our own people, nor who of them did it.
        Assert.DoesNotContain("Somebody else disputes it", package.Everything);
        Assert.DoesNotContain("local-operator", package.Everything);
    }

    [Fact]
    [Clause("K-EXTEND")]
    public async Task Access_HoldUnderAnAddressThatThePersonHasNoMore_IsToldOnceAndToNobodyElse()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        var former = await SmallCompany.AddAddressAsync(host, id);
        var somebody = await SmallCompany.AddAddressAsync(host, id, isProven: false); // who may be another person
        var hold = $"h-{Guid.NewGuid():N}";
        await host.OperateAsync("holds", new
        {
            email = former.Address, id = hold, kind = "legal", dataSet = "payments", ground = "A claim is pending.", owner = "legal-team",
            reviewOn = "2100-01-31",
        });
        await new TableClient(host.Storage, "companyDirectory").DeleteEntityAsync(KeyPath.Encode(EmailAddress.Parse(former.Address)), id);

        Assert.Equal(hold, Text(Values(await person.ReceiveEverythingAsync(), "holds"), "RowKey"));
        Assert.Empty((await somebody.ReceiveEverythingAsync()).Set("holds").GetProperty("records").EnumerateArray());
    }

    [Fact]
    [Clause("K-EXTEND")]
    public async Task Access_HoldUnderAnAddressThatThePersonOnlyWroteDown_IsNotTold()
    {
        var host = await ScenarioHost.SharedAsync();
        var (held, _) = await SmallCompany.JoinAsPersonAsync(host);
        var (other, otherId) = await SmallCompany.JoinAsPersonAsync(host);
        await SmallCompany.ShareAsync(host, held.Address, otherId, isProven: false);
        await host.OperateAsync("holds", new
        {
            email = held.Address, id = "h-1", kind = "legal", dataSet = "payments", ground = "A claim is pending.", owner = "legal-team",
            reviewOn = "2100-01-31",
        });

        Assert.Empty((await other.ReceiveEverythingAsync()).Set("holds").GetProperty("records").EnumerateArray());
        Assert.Equal("h-1", Text(Values(await held.ReceiveEverythingAsync(), "holds"), "RowKey"));
    }

    [Fact]
    public async Task Access_WhatIsNotCopied_IsToldWithAllThatArticle15Demands()
    {
        var host = await ScenarioHost.SharedAsync();
        var package = await DataSubject.Stranger(host).ReceiveEverythingAsync();

        var notCopied = package.Json.GetProperty("notCopied").EnumerateArray().ToList();
        Assert.Contains("backups", notCopied.Select(set => Text(set, "id")));
        Assert.Contains("mail-log", notCopied.Select(set => Text(set, "id")));
        Assert.All(notCopied, set =>
        {
            foreach (var fact in new[] { "title", "purpose", "legalBasis", "retention", "origin", "automatedDecisions", "reason" })
                Assert.NotEmpty(Text(set, fact));
            Assert.NotEqual(0, set.GetProperty("recipients").GetArrayLength());
            Assert.NotEqual(0, set.GetProperty("categories").GetArrayLength());
            Assert.Contains(Text(set, "reason"), package.Html);
            Assert.Contains(Text(set, "legalBasis"), package.Html);
        });

        // Together they are everything that we are responsible for.
        var told = notCopied.Concat(package.Json.GetProperty("dataSets").EnumerateArray()).Select(set => Text(set, "id"));
        Assert.Equal(
            DataMapRegister.LoadEmbedded().DataSets.Where(set => set.Role is Role.Controller).Select(set => set.Id.Value).Order(),
            told.Order());
    }

    private static JsonElement Values(Package package, string set) =>
        Assert.Single(package.Set(set).GetProperty("records").EnumerateArray()).GetProperty("values");

    private static string Text(JsonElement values, string name) => values.GetProperty(name).GetString()!;
}
