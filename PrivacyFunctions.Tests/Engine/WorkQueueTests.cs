using PrivacyFunctions.LocalHost.Engine;

namespace PrivacyFunctions.Tests.Engine;

public sealed class WorkQueueTests
{
    private readonly WorkQueue _queue = new();

    [Fact]
    public void Take_SeveralAdded_GivesEachOnceTheFirstFirst()
    {
        _queue.Add([3, 1, 3]);
        _queue.Add([2, 1]);

        Assert.Equal([3, 1, 2], TakeAll());
        Assert.False(_queue.IsEmpty); // they are running
    }

    [Fact]
    public void Add_WhileItRuns_IsGivenOnceMoreAfterwardsAndNotBefore()
    {
        _queue.Add([1]);
        Assert.Equal([1], TakeAll());

        _queue.Add([1]);
        _queue.Add([1]);
        Assert.Empty(TakeAll());
        _queue.Done(1);

        Assert.Equal([1], TakeAll());
        _queue.Done(1);
        Assert.True(_queue.IsEmpty);
    }

    [Fact]
    public void Done_ToBeTriedAgain_IsGivenFromThatInstantOn()
    {
        const long Later = 1000;
        _queue.Add([1]);
        TakeAll();
        _queue.Done(1, Later);

        Assert.False(_queue.IsEmpty);
        Assert.Equal(Later, _queue.NextRetry);
        _queue.Revive(Later - 1);
        Assert.Empty(TakeAll());
        _queue.Revive(Later);

        Assert.Equal([1], TakeAll());
    }

    private List<long> TakeAll()
    {
        var taken = new List<long>();
        while (_queue.TryTake(out var number))
            taken.Add(number);
        return taken;
    }
}
