using System.Net;

namespace PrivacyFunctions.Tests.Scenarios.Mixed;

/// <summary>Operators keep a person's data from deletion, and let it go.</summary>
internal sealed class HoldActs(MixedWorld world)
{
    /// <summary>Places a hold on all that there is of a person.</summary>
    public async Task<Protection> PlaceAsync(Story story, MixedPerson person, string id)
    {
        await world.OperateAsync(story, "holds", new
        {
            email = person.Address, id, kind = "legal", ground = "A claim is pending.", owner = "legal-team", reviewOn = "2100-01-31",
        }, HttpStatusCode.OK);
        var protection = new Protection(world.Now);
        person.Protections.Add(protection);
        return protection;
    }

    /// <summary>Releases it.</summary>
    public async Task ReleaseAsync(Story story, MixedPerson person, string id, Protection protection)
    {
        await world.OperateAsync(story, "holds/release", new { email = person.Address, id }, HttpStatusCode.OK);
        protection.To = world.Now;
    }
}
