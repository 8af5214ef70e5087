using Microsoft.AspNetCore.Http;

namespace PrivacyFunctions.LocalHost.Outbox;

/// <summary>How the next sends go wrong: what tests ask of <c>PUT /api/faults</c>.</summary>
/// <param name="Next">How many sends; 0 ends the fault.</param>
/// <param name="Status">What they are answered: 400 to 599, such as 429 or 503.</param>
/// <param name="AcceptButFail">The mail is kept although the answer says otherwise:
/// what a lost answer looks like to the sender.</param>
internal sealed record Fault(int Next, int Status, bool AcceptButFail);

/// <summary>The fault switch. It is not kept over a restart. Safe for use from many threads.</summary>
internal sealed class Faults
{
    private readonly Lock _gate = new();
    private Fault _fault = new(0, StatusCodes.Status503ServiceUnavailable, false);

    public Fault Current
    {
        get
        {
            lock (_gate)
                return _fault;
        }
    }

    public void Set(Fault fault)
    {
        lock (_gate)
            _fault = fault;
    }

    /// <summary>The fault for one send, used up by it; null when this send goes well.</summary>
    public Fault? Take()
    {
        lock (_gate)
        {
            if (_fault.Next <= 0)
                return null;
            var taken = _fault;
            _fault = _fault with { Next = _fault.Next - 1 };
            return taken;
        }
    }
}
