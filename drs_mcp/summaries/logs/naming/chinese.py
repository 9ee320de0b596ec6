"""Where a Chinese name ends that no blank parts from what is said of it: `表订单写入失败`.

What is said begins with what was done to a table, what went wrong, or what it has or lacks.
"""

import re
from typing import Final

CJK: Final = r"\u3400-\u9fff\uf900-\ufaff"
RUN: Final = rf"[{CJK}][\w$#]{{1,40}}+"
"""A name in Chinese, and what may be said of it."""

_LONGEST: Final = 20
_LONGEST_ALONE: Final = 10
_REACH: Final = 8
"""So far what is said is read."""
_DONE: Final = (
    "写入|寫入|插入|更新|删除|刪除|同步|复制|複製|迁移|遷移|回放|应用|應用|读取|讀取|合并|合併|加载|載入|导入|导出"
    "|匯入|匯出|校验|校驗|对比|對比|比对|创建|建立|重建|清空|截断|扫描|锁定|初始化"
)
_ENDED: Final = "失败|失敗|出错|出錯|报错|報錯|异常|異常|超时|超時|成功|完成|中断|中斷|冲突|衝突|中止|终止|終止|停止|延迟|延遲"
_SAID = re.compile(
    rf"(?:全量|增量)?(?:{_DONE})?(?:数据|資料|操作|任务|任務)?[时時]?(?:{_ENDED})"
    rf"|(?:全量|增量)?(?:{_DONE})(?:[了时時]|(?=[^{CJK}]|\Z))"
    "|不存在|不一致|不完整|缺少|缺失|没有|沒有|无法|無法|未能|未找到|已(?:存在|被|经|經|锁|鎖|删|刪|满|滿)|[的第被在]"
    "|主键|主鍵|行数|行數|字段|欄位|损坏|損壞|丢失|丟失|执行|執行|处理|處理|加锁|加鎖"
    "|(?:数据|資料)(?=[不丢丟写寫冲衝重超校同对對])|中(?=[的有第存缺未无無找])|上(?=[的加锁鎖执執])|[和与與](?=表|目标|目標|源)|共(?=\\s?\\d)|列(?=[\\s`'\"a-zA-Z])"
)
_NO_NAME = re.compile(
    # what tables have
    "结构|結構|数据|資料|名|数|數|空间|空間|[级級]|记录|記錄|紀錄|主[键鍵]|外[键鍵]|[键鍵]|字段|欄位|[行列](?!业|程|政)|分[区區]|索引|统计|統計"
    "|注释|註釋|元数据|映射|定义|定義|关系|關係|关联|關聯|大小|字符|字元|权限|權限|触发|觸發|视图|視圖|清单|清單|前缀|后缀|引擎|版本|碎片|信息|資訊"
    "|配置|差异|差異|语句|語句|详情|詳情|内容|內容|对象|物件|任务|任務|约束|約束|状态|狀態|进度|規則|规则|层|層|格|面|头|尾|型|类(?!目|别)"
    # what is done to them, or said
    f"|{_DONE}|{_ENDED}|全量|增量|全部|所有|扫描|掃描|[写寫读讀锁鎖建导導匯][^者]|处理|處理|执行|執行|查询|查詢|访问|訪問|操作|过滤|過濾|转换|解析|打开|恢复|备份|压缩"
    "|示|达|達|明(?!细|細)|现|現|态|情|决|演|述|彰|连接|連接|连线|重试|重試|正在|开始|開始|系统|服务|網|网|进程|线程|源|目标|目標"
    # what joins words
    "|[不未没沒无無缺已有为為是的和与與及等被在从從到向于太过過超均都也只仅僅共个個张張里裡中上下内內将將请請需可能若如但并且再又仍还還因由含包]"
)
"""What no name begins with behind 表."""


def name_end(text: str, start: int, *, alone: bool) -> int | None:
    """Where the Chinese name that begins at *start* ends; None: there is none.

    *alone*: whether it may end where its sentence does; else something must be said of it.
    """
    if _NO_NAME.match(text, start):
        return None
    said = _SAID.search(text, start + 2, start + _LONGEST + _REACH)
    ends = _END.search(text, start, start + _LONGEST + 1)
    end = ends.start() if ends is not None else start + _LONGEST + 1
    if said is not None and said.start() <= end:
        end = said.start()
    elif not alone or end - start > _LONGEST_ALONE:
        return None
    return end if 1 < end - start <= _LONGEST else None


_PARTED = re.compile(r"(?:名[称稱]?)?(?:[:：=]|[是为為])?[ \x04【「“《]{0,3}(?<!表)\Z")


def parted_name_end(text: str, start: int, end: int, between: str) -> int | None:
    """The same of a name that a blank or a mark parts from 表: `表【订单】`, `表：订单不存在`."""
    if text[start] < "\u3400" or not _PARTED.match(between):
        return None
    return name_end(text, max(text.rfind(".", start, end) + 1, start), alone=True)


_END = re.compile(r"[^\w$#]|\Z")
_CHARACTER = re.compile(f"[{CJK}]")


def cut(text: str, start: int, end: int) -> int:
    """Where a name in Latin letters ends that has Chinese ones further on: `t_客户写入失败`."""
    first = _CHARACTER.search(text, start, end)
    if first is None:
        return end
    said = _SAID.search(text, first.end(), end + 4)
    return min(said.start(), end) if said is not None else end
