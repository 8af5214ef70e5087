using Azure.Data.Tables;
using PrivacyFunctions.LocalHost.Sample;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Sources;

[Clause("K-DISPOSE")]
public sealed class AnonymiseTests
{
    private static readonly SamplePerson Author = SamplePeople.ByAddress(SamplePeople.OtherScript);
    private static readonly SubjectKeys Keys = SetCopy.Person(Author.Address);

    [Fact]
    [Clause("T-FORUM")]
    public async Task AnonymiseAsync_Posts_StayUnderKeysAndContentThatNameNobody()
    {
        var copy = await SetCopy.OfAsync("forum-posts");
        var (before, posts) = (await copy.LookAsync(), await PostsAsync(copy, Author.Id));

        Assert.Equal(posts.Count, await AnonymiseAllAsync(copy));

        var after = await copy.LookAsync();
        var anonymous = after.Where(row => !before.ContainsKey(row.Key)).ToList();
        Assert.Empty(await copy.FindAsync(Keys));
        Assert.Equal(before.Where(row => !row.Key.StartsWith(Author.Id, StringComparison.Ordinal)),
            after.Where(row => before.ContainsKey(row.Key)));
        Assert.Equal(posts.Select(Content).Order(), (await AnonymousAsync(copy)).Select(Content).Order());
        Assert.All(anonymous, row =>
        {
            Assert.DoesNotContain(Author.Id, row.Value, StringComparison.Ordinal);
            Assert.DoesNotContain(Author.Name, row.Value, StringComparison.Ordinal);
            Assert.DoesNotContain("DisplayName", row.Value, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task AnonymiseAsync_WhatIsLeft_MatchesNothingElseThatIsHeldOfThePerson()
    {
        var copy = await SetCopy.OfAsync("forum-posts");
        await AnonymiseAllAsync(copy);
        var held = SharedSample.Truth.Rows
            .Where(row => row.Table != "companyForumPosts")
            .Where(row => row.Holders.Any(holder => holder.Subject == Author.Id || holder.Subject == Author.Address))
            .SelectMany(row => row.Properties.Select(property => property.Value)).ToHashSet();

        var left = (await AnonymousAsync(copy)).SelectMany(row => Mapped(row).Select(property => property.Value));

        Assert.NotEmpty(held);
        Assert.DoesNotContain(left, held.Contains);
    }

    [Fact]
    public async Task AnonymiseAsync_AfterACrashBetweenCopyAndDeletion_FinishesWithTheSameRows()
    {
        var copy = await SetCopy.OfAsync("forum-posts");
        var (posts, items) = (await PostsAsync(copy, Author.Id), await copy.FindAsync(Keys));
        await AnonymiseAllAsync(copy);
        var finished = (await copy.LookAsync()).Keys.Order();
        await copy.Table.AddEntityAsync(posts[0]); // as if it had not been deleted

        Assert.Equal(1, await copy.AnonymiseAsync(Keys, items.Select(item => item.Key)));

        Assert.Equal(finished, (await copy.LookAsync()).Keys.Order());
        Assert.Equal(0, await copy.AnonymiseAsync(Keys, items.Select(item => item.Key)));
    }

    [Fact]
    [Clause("R-ERASE")]
    public async Task AnonymiseAsync_PostThatIsErasedAtThatMoment_LeavesNoCopy()
    {
        var copy = await SetCopy.OfAsync("forum-posts");
        var post = (await PostsAsync(copy, Author.Id))[0];
        await copy.Table.DeleteEntityAsync(post);

        Assert.False(await RenewAsync(copy, post));

        Assert.Empty(await AnonymousAsync(copy));
    }

    [Fact]
    public async Task AnonymiseAsync_PostThatARepetitionHasAnonymised_KeepsItsCopy()
    {
        var copy = await SetCopy.OfAsync("forum-posts");
        var post = (await PostsAsync(copy, Author.Id))[0];
        Assert.True(await RenewAsync(copy, post));

        Assert.False(await RenewAsync(copy, post));

        Assert.Single(await AnonymousAsync(copy));
    }

    [Fact]
    public async Task AnonymiseAsync_AnotherSalt_GivesOtherKeys()
    {
        var (one, two) = (await SetCopy.OfAsync("forum-posts"), await SetCopy.OfAsync("forum-posts"));
        await AnonymiseAllAsync(one);
        var items = (await two.FindAsync(Keys)).Select(item => item.Key).ToList();
        await two.Sources.AnonymiseAsync(two.Set, Keys, items, new byte[32], CancellationToken.None);

        Assert.Empty((await AnonymousAsync(one)).Select(row => row.RowKey)
            .Intersect((await AnonymousAsync(two)).Select(row => row.RowKey)));
    }

    [Fact]
    public async Task AnonymiseAsync_PropertyThatTheMapDoesNotKnow_IsNotCarriedOver()
    {
        var copy = await SetCopy.OfAsync("forum-posts");
        var item = (await copy.FindAsync(Keys))[0].Key;
        var row = new TableEntity(item.Row.PartitionKey, item.Row.RowKey) { ["Signature"] = "Eleni from Athens" };
        await copy.Table.UpsertEntityAsync(row, TableUpdateMode.Merge);

        await copy.AnonymiseAsync(Keys, item);

        Assert.DoesNotContain("Signature", Assert.Single(await AnonymousAsync(copy)).Keys);
    }

    [Fact]
    [Clause("M-CONTACTONLY")]
    public async Task AnonymiseAsync_ReferralsMade_LoseTheReferrerAndNothingElse()
    {
        var made = await SetCopy.OfAsync("referrals-made");
        var before = await RowsAsync(made);
        var theirs = made.TruthOf(Author.Id).ToHashSet();

        Assert.Equal(theirs.Count, await AnonymiseAllAsync(made));

        var after = await RowsAsync(made);
        Assert.NotEmpty(theirs);
        Assert.Empty(await made.FindAsync(Keys));
        Assert.Equal(before.Keys.Order(), after.Keys.Order());
        Assert.All(before, row =>
        {
            var isTheirs = theirs.Contains(row.Key);
            var kept = Mapped(row.Value)
                .Where(property => !isTheirs || !property.Key.StartsWith("Referrer", StringComparison.Ordinal));
            Assert.Equal(kept, Mapped(after[row.Key]).Where(property => property.Value is not ""));
            Assert.Equal(!isTheirs, row.Value.ETag == after[row.Key].ETag);
        });
    }

    /// <summary>Also in a post whose own author has been taken out of it before.</summary>
    [Fact]
    [Clause("T-FORUM")]
    public async Task AnonymiseAsync_AnswersInTheForum_LoseWhomTheyAnswerEvenWhenTheirAuthorIsGone()
    {
        var posts = await SetCopy.OfAsync("forum-posts");
        var answers = posts.As("forum-answers");
        var author = SamplePeople.All.Single(person =>
            person.Id == SharedSample.Truth.Rows.First(row => row.RowKey.EndsWith($"-to-{Author.Id}", StringComparison.Ordinal)).PartitionKey);
        var count = (await answers.FindAsync(Keys)).Count;
        await posts.AnonymiseAsync(
            SetCopy.Person(author.Address), (await posts.FindAsync(SetCopy.Person(author.Address))).Select(item => item.Key));
        Assert.Equal(count, (await answers.FindAsync(Keys)).Count);

        Assert.Equal(count, await AnonymiseAllAsync(answers));

        Assert.Empty(await answers.FindAsync(Keys));
        Assert.All((await RowsAsync(posts)).Values, row => Assert.NotEqual(Author.Name, row.GetString("InReplyTo")));
    }

    [Fact]
    public async Task AnonymiseAsync_ReferralThatSomebodyElseTookOver_IsLeftAlone()
    {
        var made = await SetCopy.OfAsync("referrals-made");
        var stale = (await made.FindAsync(Keys))[0].Key;
        var row = new TableEntity(stale.Row.PartitionKey, stale.Row.RowKey) { ["ReferrerPersonId"] = "p-0001" };
        await made.Table.UpsertEntityAsync(row, TableUpdateMode.Merge);
        var before = await made.LookAsync();

        Assert.Equal(0, await made.AnonymiseAsync(Keys, stale));

        Assert.Equal(before, await made.LookAsync());
    }

    [Fact]
    public async Task AnonymiseAsync_PostOfSomebodyElse_IsRefused()
    {
        var copy = await SetCopy.OfAsync("forum-posts");
        var others = await copy.FindAsync(SetCopy.Person(SamplePeople.VeryActive));
        var before = await copy.LookAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => copy.AnonymiseAsync(Keys, others[0].Key));

        Assert.Equal(before, await copy.LookAsync());
    }

    private static Task<bool> RenewAsync(SetCopy copy, TableEntity row) =>
        TableAnonymisation.AnonymiseAsync(copy.Table, copy.Set, copy.Set.Find!, row, SetCopy.Salt, CancellationToken.None);

    private static async Task<int> AnonymiseAllAsync(SetCopy copy) =>
        await copy.AnonymiseAsync(Keys, (await copy.FindAsync(Keys)).Select(item => item.Key));

    private static async Task<List<TableEntity>> PostsAsync(SetCopy copy, string person) =>
        [.. (await RowsAsync(copy)).Values.Where(row => row.PartitionKey == person)];

    private static async Task<List<TableEntity>> AnonymousAsync(SetCopy copy) =>
        [.. (await RowsAsync(copy)).Values.Where(row => row.PartitionKey.StartsWith('~'))];

    private static async Task<Dictionary<string, TableEntity>> RowsAsync(SetCopy copy)
    {
        var rows = new Dictionary<string, TableEntity>();
        await foreach (var row in copy.Table.QueryAsync<TableEntity>())
            rows.Add(ItemKey.OfRow(row.PartitionKey, row.RowKey).Value, row);
        return rows;
    }

    private static IEnumerable<KeyValuePair<string, object>> Mapped(TableEntity row) =>
        row.Where(property => !TableDataSource.OfTheStore.Contains(property.Key))
            .OrderBy(property => property.Key, StringComparer.Ordinal);

    private static string Content(TableEntity row) =>
        $"{row["Thread"]} {row["Text"]} {row["PostedAt"]} {row.GetString("InReplyTo")}";
}
