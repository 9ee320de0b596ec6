"""Traditional Chinese read as simplified Chinese, so that each word is known once.

Only for matching: what is shown stays as it was written.
"""

import re

WORDS = {
    "資料庫": "数据库",
    "資料表": "表",
    "資料": "数据",
    "欄位": "字段",
    "檔案": "文件",
    "記錄檔": "日志",
    "磁碟": "磁盘",
    "記憶體": "内存",
    "逾時": "超时",
    "連線": "连接",
    "連接埠": "端口",
    "網路": "网络",
    "伺服器": "服务器",
    "使用者": "用户",
    "憑證": "证书",
    "登入": "登录",
    "存取被拒": "访问被拒绝",
    "拒絕存取": "拒绝访问",
    "字元": "字符",
    "位元組": "字节",
    "支援": "支持",
    "來源": "源",
    "目的地": "目标",
    "目的端": "目标端",
    "目的資料庫": "目标数据库",
    "資料夾": "文件夹",
    "帳號": "账号",
    "複寫": "复制",
    "重複寫": "重复写",
    "唯讀": "只读",
    "略過": "跳过",
    "交易": "事务",
    "物件": "对象",
    "設定": "设置",
    "資訊": "信息",
    "執行緒": "线程",
    "執行個體": "实例",
    "主索引鍵": "主键",
    "外部索引鍵": "外键",
    "條件約束": "约束",
    "死結": "死锁",
    "鎖定等候": "锁等待",
    "封存": "归档",
    "遭到": "被",
    "遭": "被",
    "資料行": "列",
    "資料列": "行",
    "重新啟動": "重启",
    "移轉": "迁移",
    "套用": "应用",
    "還原": "恢复",
    "訊息": "消息",
    "觸發程序": "触发器",
    "溢位": "溢出",
    "排程": "调度",
}
"""Where Taiwan has another word than the mainland."""

_LETTERS = (
    "載载許许夾夹義义滾滚須须與与業业並并丟丢個个為为書书瞭了於于從从會会傳传餘余儲储關关內内寫写"
    "衝冲凍冻減减齣出則则創创刪删製制務务動动區区單单參参壓压發发變变號号後后啟启響响迴回圍围圖图"
    "塊块處处備备夠够實实寬宽對对導导將将盡尽帳帐帶带庫库應应開开異异棄弃張张強强當当錄录歸归徑径"
    "復复複复誌志態态戶户執执擴扩掃扫報报擇择掛挂換换據据損损數数斷断無无舊旧時时暫暂權权條条來来"
    "構构標标檔档檢检欄栏沒没測测滿满濾滤滯滞災灾點点犧牺狀状獲获現现監监蓋盖盤盘碼码積积筆笔類类"
    "係系緊紧約约級级線线組组細细終终經经結结絡络絕绝續续緩缓編编縮缩網网羅罗捨舍節节範范補补視视"
    "觸触覺觉認认議议記记設设訪访證证識识試试詢询該该詳详語语誤误說说請请讀读調调護护貝贝負负敗败"
    "貨货資资賬账費费蹤踪轉转輪轮輸输較较輯辑辦办達达遷迁過过運运還还進进違违連连遲迟選选邏逻銀银"
    "鏈链鎖锁錯错鍵键鐘钟鑑鉴長长閉闭問问間间閾阈陣阵隊队階阶隻只際际離离電电項项順顺預预頻频題题"
    "額额顯显驗验髒脏麼么審审計计協协適适優优簽签訂订購购買买賣卖繳缴環环統统總总體体憶忆競竞爭争"
    "緒绪齊齐層层屬属隨随機机擬拟雲云軟软壞坏穩稳賦赋遺遗遞递鄰邻釋释針针隱隐雜杂雙双難难靜静頁页"
    "論论術术決决員员聯联臨临閒闲裝装攔拦別别牆墙領领驅驱裡里幾几擁拥佔占傷伤僅仅價价億亿倉仓債债償偿劃划勞劳勢势賓宾尋寻嘗尝團团專专話话聲声"
)
"""Each traditional character before its simplified one: those of the knowledge's words, and some more."""

LETTERS = {ord(one): other for one, other in zip(_LETTERS[::2], _LETTERS[1::2], strict=True)}
_TAIWAN = re.compile("字元|支援")
"""Words of Taiwan alone whose characters are written alike."""

_WORD = re.compile("|".join(sorted(WORDS, key=len, reverse=True)))


def simplified(text: str) -> str:
    """A text with simplified characters and the mainland's words, if it has traditional ones."""
    if text.isascii() or (text.translate(LETTERS) == text and not _TAIWAN.search(text)):
        return text
    return _WORD.sub(lambda found: WORDS[found[0]], text).translate(LETTERS)
