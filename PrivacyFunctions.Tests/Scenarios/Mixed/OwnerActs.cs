using System.Net;
using System.Net.Http.Json;
using PrivacyFunctions.LocalHost.Outbox;
using PrivacyFunctions.Tests.Scenarios.Support;

namespace PrivacyFunctions.Tests.Scenarios.Mixed;

/// <summary>What owners of accounts and the company do to end them, and to undo that.</summary>
internal sealed class OwnerActs(MixedWorld world)
{
    private readonly Dictionary<Story, Owner> _owners = [];

    /// <summary>How many items of the account the company still holds.</summary>
    public Task<int> ItemsAsync(Story story) => _owners[story].ItemsAsync();

    /// <summary>The owner asks, or the company decides.</summary>
    public async Task AskAsync(Story story, string account)
    {
        var owner = _owners[story] = new Owner(world.Host, story.Address, account);
        if (story.Chance.Next(3) == 0)
        {
            if (world.Policy.TakesTwo) await owner.BeProposedAsync(world.Approvers[0]);
            var dates = await owner.BeEndedAsync(by: world.Approvers[1]);
            world.Know(story, dates.Reference);
            world.Did(story, Done.Asked);
            TookEffect(story, dates);
        }
        else
        {
            world.Know(story, await owner.AskAsync());
            world.Did(story, Done.Asked);
        }
    }

    /// <summary>Reads a mail.</summary>
    public void Hear(Story story, StoredMail mail)
    {
        if (mail.Subject == TerminationMails.Confirm && story.Chance.Next(6) > 0)
            story.Plan(world.Today.AddDays(story.Chance.Next(13)), () => ConfirmAsync(story, mail));
        if (mail.Subject.StartsWith(TerminationMails.Ends, StringComparison.Ordinal) && story.Chance.Next(3) == 0)
            story.Plan(world.Today.AddDays(story.Chance.Next(1, 20)), () => UndoAsync(story));
    }

    private async Task ConfirmAsync(Story story, StoredMail mail)
    {
        using var answer = await _owners[story].PostAsync(DataSubject.LinkIn(mail));
        if (answer.StatusCode == HttpStatusCode.OK) TookEffect(story, (await answer.Content.ReadFromJsonAsync<TerminationAnswer>())!);
        else world.Complain(story, $"The button to confirm answered {(int)answer.StatusCode}.");
    }

    private async Task UndoAsync(Story story)
    {
        var isInTime = world.Today <= story.Dates!.UndoOn;
        var (status, body) = await world.OperateAsync($"cases/{story.Reference}/undo");
        if (status == HttpStatusCode.OK != isInTime) world.Complain(story, $"{world.Today:O} The undo was answered {(int)status}: {body}");
        if (status == HttpStatusCode.OK) world.Did(story, Done.Undone);
    }

    private void TookEffect(Story story, TerminationAnswer dates)
    {
        story.Dates = dates;
        world.Did(story, Done.Ended);
        var expected = LawCalendar.Purge(world.Today);
        if ((dates.TerminatedOn, dates.PurgeOn, dates.Deadline) != (world.Today, expected.PurgeOn, expected.Deadline))
            world.Complain(story, $"{dates} is not what the legal clock says: {expected}.");
        story.Plan(dates.PurgeOn.AddDays(-1), () => LookAsync(story, isThere: true));
        story.Plan(dates.PurgeOn.AddDays(2), () => LookAsync(story, isThere: story.First(Done.Undone) is not null));
    }

    private async Task LookAsync(Story story, bool isThere)
    {
        var items = await ItemsAsync(story);
        if (items > 0 != isThere) world.Complain(story, $"{world.Today:O} The company holds {items} items of the account.");
    }
}
